package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"drogman/locales"
	"drogman/seeds"
)

// initCommand writes a project to start from. It never replaces a file: where one is in
// the way, all of those are named and nothing is written.
func (w *world) initCommand() *cobra.Command {
	var sample bool
	c := w.command("init", func(args []string) error {
		dir := "."
		if len(args) == 1 {
			dir = args[0]
		}
		project := seeds.Starter
		if sample {
			project = seeds.Sample
		}
		return w.plant(project, dir)
	})
	c.Args = cobra.MaximumNArgs(1)
	c.Flags().BoolVar(&sample, "sample", false, w.text("flag.init.sample"))
	return c
}

// plant copies the files of project into dir.
func (w *world) plant(project fs.FS, dir string) error {
	var names, inTheWay []string
	err := fs.WalkDir(project, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		names = append(names, name)
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			inTheWay = append(inTheWay, name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(inTheWay) > 0 {
		return usage("init-in-the-way", locales.M{"Have": strings.Join(inTheWay, ", "), "Count": len(inTheWay), "Folder": dir})
	}
	out, err := openFolder(dir)
	if err != nil {
		return err
	}
	defer out.Close()
	for _, name := range names {
		if err := out.copyFrom(project, name); err != nil {
			return err
		}
	}
	w.narrate("init-done", locales.M{"Count": len(names), "Folder": dir})
	return nil
}

func (f *folder) copyFrom(project fs.FS, name string) error {
	data, err := fs.ReadFile(project, name)
	if err != nil {
		return err
	}
	file, err := f.create(name)
	if err != nil {
		return err
	}
	defer file.Abort()
	if _, err := file.Write(data); err != nil {
		return err
	}
	return file.Commit()
}
