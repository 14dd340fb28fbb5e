package main

import (
	"io"
	"net/url"
	"strings"
	"sync"

	"drogman/locales"
	"drogman/pipeline"
	"drogman/pipeline/bitext"
	"drogman/pipeline/report"
)

// outputFormat is a format that run can emit: a bilingual one, or the reading page.
type outputFormat struct {
	name      string
	extension string // with the dot
	document  func(to io.Writer, title string) (bitext.Writer, error)
	// corpus opens the file of the whole batch; stem is that of the document whose units
	// are being written.
	corpus func(to io.Writer, stem func() string) (bitext.Writer, error)
}

// emitFormats are the formats with the given names, each once.
func (w *world) emitFormats(names []string, languages bitext.Languages) ([]outputFormat, error) {
	var formats []outputFormat
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			continue
		}
		seen[name] = true
		if name == "html" {
			formats = append(formats, w.htmlFormat(languages))
			continue
		}
		f, ok := bilingualFormat(name)
		if !ok {
			return nil, usage("usage-unknown-format", locales.M{"Have": name, "Want": strings.Join(emitNames(), ", ")})
		}
		open := func(to io.Writer, original string) (bitext.Writer, error) {
			return bitext.NewWriter(to, f, bitext.Header{Languages: languages, Tool: "drogman", Version: buildVersion(), Original: original})
		}
		formats = append(formats, outputFormat{f.Name, f.Extensions[0], open, func(to io.Writer, _ func() string) (bitext.Writer, error) {
			return open(to, "")
		}})
	}
	return formats, nil
}

// bilingualFormat is the format a name stands for, if files of it can be written.
func bilingualFormat(name string) (bitext.Format, bool) {
	for _, f := range bitext.Formats {
		if f.Name == name && f.Writes() && len(f.Extensions) > 0 {
			return f, true
		}
	}
	return bitext.Format{}, false
}

// emitNames are the names emit may hold.
func emitNames() []string {
	names := []string{"html"}
	for _, f := range bitext.Formats {
		if _, ok := bilingualFormat(f.Name); ok {
			names = append(names, f.Name)
		}
	}
	return names
}

func (w *world) htmlFormat(languages bitext.Languages) outputFormat {
	header := func(title string) report.PageHeader {
		return report.PageHeader{Title: title, Reader: w.say.Language().String(), Languages: languages}
	}
	return outputFormat{
		name: "html", extension: ".html",
		document: func(to io.Writer, title string) (bitext.Writer, error) {
			return report.NewPage(to, header(title), w.say.Text), nil
		},
		corpus: func(to io.Writer, stem func() string) (bitext.Writer, error) {
			link := func() string { return (&url.URL{Path: stem() + ".html"}).String() }
			return report.NewIndex(to, header(w.text("page.batch")), w.say.Text, link), nil
		},
	}
}

// emitter writes one format of a batch, in a goroutine of its own: a file for each
// document and, if wanted, corpus.* for all. Units arrive in the order of the batch.
type emitter struct {
	out    *folder
	format outputFormat
	events chan emission
	done   sync.WaitGroup

	stem         string // of the document under way
	file, corpus *outputFile
	commits      *commits
	err          error
}

// emission is what the emitter is told: some units of a document whose files bear stem.
type emission struct {
	pipeline.Batch
	stem string
}

// outputFile is a file being written and the format it is written in.
type outputFile struct {
	*pending
	units bitext.Writer
}

func startEmitter(out *folder, f outputFormat, corpus bool) *emitter {
	e := &emitter{out: out, format: f, events: make(chan emission, 4), commits: newCommits()}
	if corpus {
		e.corpus = e.begin("corpus", func(to io.Writer) (bitext.Writer, error) {
			return f.corpus(to, func() string { return e.stem })
		})
	}
	e.done.Go(func() {
		for event := range e.events {
			if e.err == nil {
				e.emit(event)
			}
		}
	})
	return e
}

func (e *emitter) begin(stem string, open func(io.Writer) (bitext.Writer, error)) *outputFile {
	file, err := e.out.create(stem + e.format.extension)
	if err != nil {
		e.err = err
		return nil
	}
	units, err := open(file)
	if err != nil {
		file.Abort()
		e.err = err
		return nil
	}
	return &outputFile{file, units}
}

func (e *emitter) emit(event emission) {
	if event.Err != nil {
		e.abandon()
		return
	}
	e.stem = event.stem
	if e.file == nil {
		e.file = e.begin(event.stem, func(to io.Writer) (bitext.Writer, error) {
			return e.format.document(to, event.Source.Name)
		})
	}
	for _, to := range []*outputFile{e.file, e.corpus} {
		for i := 0; to != nil && e.err == nil && i < len(event.Units); i++ {
			e.err = to.units.Write(event.Units[i])
		}
	}
	if event.Last && e.err == nil {
		if e.err = e.file.close(); e.err == nil {
			e.err = e.commits.add(e.file.pending)
		}
		e.file = nil
	}
}

// abandon throws away the document under way.
func (e *emitter) abandon() {
	if e.file != nil {
		e.file.Abort()
		e.file = nil
	}
}

// close writes the end of the format; after an error nothing is left of the file.
func (f *outputFile) close() error {
	err := f.units.Close()
	if err != nil {
		f.Abort()
	}
	return err
}

// end waits for the emitter and completes the corpus; unless keep, or after an error, it
// leaves nothing unfinished behind instead.
func (e *emitter) end(keep bool) error {
	close(e.events)
	e.done.Wait()
	e.abandon()
	if err := e.commits.wait(); e.err == nil {
		e.err = err
	}
	if e.corpus == nil {
		return e.err
	}
	if !keep || e.err != nil {
		e.corpus.Abort()
		return e.err
	}
	if err := e.corpus.close(); err != nil {
		return err
	}
	return e.corpus.Commit()
}
