package main

import (
	"bufio"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"sync"

	"drogman/locales"
)

// folder is a place to write in: nothing is ever written outside it, whatever a name or a
// symbolic link says, and a file appears in it whole or not at all.
type folder struct {
	path string
	root *os.Root
}

// openFolder opens path, making it where it is missing.
func openFolder(path string) (*folder, error) {
	if err := os.MkdirAll(path, 0o777); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return &folder{path, root}, nil
}

func (f *folder) Close() error { return f.root.Close() }

// pending is a file being written under a temporary name. Commit gives it its own;
// Abort leaves nothing. One of the two is called, once; Abort after Commit does nothing.
type pending struct {
	*bufio.Writer
	folder     *folder
	file       *os.File
	temp, name string
}

// create begins the file name, a slash-separated path within the folder.
func (f *folder) create(name string) (*pending, error) {
	name = path.Clean(name)
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, &fault{id: "output-outside", values: locales.M{"Have": name, "Folder": f.path}}
	}
	if dir := path.Dir(name); dir != "." {
		if err := f.root.MkdirAll(filepath.FromSlash(dir), 0o777); err != nil {
			return nil, f.failed(name, err)
		}
	}
	var nonce [6]byte
	rand.Read(nonce[:]) // never fails (crypto/rand)
	temp := path.Join(path.Dir(name), "."+path.Base(name)+"."+hex.EncodeToString(nonce[:])+".tmp")
	file, err := f.root.OpenFile(filepath.FromSlash(temp), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, f.failed(name, err)
	}
	return &pending{bufio.NewWriterSize(file, 1<<16), f, file, temp, name}, nil
}

// Commit makes the file durable and gives it its name, replacing what bore it.
func (p *pending) Commit() error {
	if p.file == nil {
		return nil
	}
	err := errors.Join(p.Flush(), p.file.Sync(), p.file.Close())
	p.file = nil
	if err == nil {
		err = p.folder.root.Rename(filepath.FromSlash(p.temp), filepath.FromSlash(p.name))
	}
	if err != nil {
		p.folder.root.Remove(filepath.FromSlash(p.temp))
		return p.folder.failed(p.name, err)
	}
	return nil
}

// commits are files being made durable while the work goes on: the disk confirms many at
// once as fast as one. Each still bears its own name only when it is whole on the disk.
type commits struct {
	running sync.WaitGroup
	slots   chan struct{}
	mutex   sync.Mutex
	err     error // the first
}

// commitsAtOnce is how many files wait for the disk together.
const commitsAtOnce = 32

func newCommits() *commits { return &commits{slots: make(chan struct{}, commitsAtOnce)} }

// add commits a file in time, and returns the first error so far.
func (c *commits) add(p *pending) error {
	c.slots <- struct{}{}
	c.running.Go(func() {
		err := p.Commit()
		c.mutex.Lock()
		if c.err == nil {
			c.err = err
		}
		c.mutex.Unlock()
		<-c.slots
	})
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.err
}

// wait waits for all files and returns the first error.
func (c *commits) wait() error {
	c.running.Wait()
	return c.err
}

// Abort throws the file away.
func (p *pending) Abort() {
	if p.file == nil {
		return
	}
	p.file.Close()
	p.file = nil
	p.folder.root.Remove(filepath.FromSlash(p.temp))
}

func (f *folder) failed(name string, err error) error {
	return &fault{id: "output-failed", values: locales.M{"Have": filepath.Join(f.path, name)}, err: err}
}

// writeFile writes one whole file at path, atomically.
func writeFile(path string, write func(io.Writer) error) error {
	dir, err := openFolder(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	file, err := dir.create(filepath.Base(path))
	if err != nil {
		return err
	}
	defer file.Abort()
	if err := write(file); err != nil {
		return err
	}
	return file.Commit()
}
