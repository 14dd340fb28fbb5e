// Package document opens the files people translate and puts the translation back.
//
// [Open] yields a document's blocks: paragraphs, headings, cells, captions, messages.
// A block is plain text with its inline codes beside it, and remembers where every
// byte of it stood. [Document.Merge] writes the original with the blocks' text replaced
// and every other byte as it was. Hence the law of the package: merging each block's own
// text gives back the identical file, byte for byte; in zip formats, entry for entry.
//
// [Blocks] streams the blocks of a text of any size in bounded memory.
//
// # Block IDs
//
// A block's ID is made from its text alone (60 bits of SHA-256 in base 32), followed by
// "-2", "-3" … where the same text has occurred before. An edit elsewhere therefore
// changes no other ID, and an edit of the block changes its ID: a translation of the old
// text no longer finds its block and is reported as stale. Catalogues, whose entries
// have keys, use the key instead.
package document

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// Kind says what a block is in its document.
type Kind string

const (
	Paragraph Kind = "paragraph"
	Heading   Kind = "heading"
	Title     Kind = "title" // of the whole document, not shown in its body
	ListItem  Kind = "item"
	Cell      Kind = "cell"
	Caption   Kind = "caption"
	Note      Kind = "note" // footnote, endnote, comment, speaker's note
	Attribute Kind = "attribute"
	Message   Kind = "message" // an entry of a catalogue
	Cue       Kind = "cue"     // a subtitle
	Headline  Kind = "headline"
	Dateline  Kind = "dateline"
	Byline    Kind = "byline"
)

// Options say how a document is to be read. The zero Options decide everything from the
// document and its name.
type Options struct {
	Format   string // a format's name; empty: by the file's extension
	Encoding string // a WHATWG label; empty: see Decode
	// Keys are patterns (path.Match, with "." between keys) of the paths in a catalogue
	// whose strings are text; none: all are.
	Keys []string
	// Comments has the comments on a document translated too.
	Comments bool
	// Rules say what the elements of an XML document are; nil: see Rules.
	Rules *Rules
	// Press takes a headline, a byline and a dateline for blocks of their kind.
	Press bool
}

// MaxSize bounds the decoded size of a document held in memory, in bytes.
const MaxSize = 512 << 20

// Document is an opened document. It is immutable and safe for concurrent use.
type Document struct {
	Name     string
	Format   Format
	Encoding Encoding
	Blocks   []Block // in the order in which a person reads them

	parts     []*part
	ids       ids
	languages []languagePlace
	language  string     // that the document declares, "" if none
	container *container // nil for a document that is none
}

// part is one text of a document: the document itself, or an entry of its container.
type part struct {
	name     string // of the entry; empty for a document that is no container
	text     string // decoded
	encoding Encoding
}

// Block is a piece of a document that is translated as a whole.
type Block struct {
	ID    string
	Kind  Kind
	Text  string        // plain, line breaks as "\n"
	Codes []bitext.Code // in Text
	// Context says where the block stands: a key's path, an element, an entry's name.
	Context string
	// Span is where the block stands in its part of the decoded document.
	Span bitext.Span

	part    *part
	pieces  []piece       // nil: Text is the part's text at Span
	codes   []bitext.Span // of each code's markup, in the part's text
	newline string        // what "\n" of the text is in the source, if not the same
	render  renderer
	markup  map[int]string // of codes that a translation writes another way
	runs    *runs          // of a paragraph of Office Open XML
}

// piece ties a stretch of a block's text to the source it was read from. Where the two
// have the same length they are the same bytes.
type piece struct{ text, source bitext.Span }

// Source returns where a span of b.Text stands in the decoded part of the document.
// A span that begins or ends inside an escape ("&amp;") is widened to the whole of it.
func (b *Block) Source(s bitext.Span) bitext.Span {
	if b.pieces == nil {
		return bitext.Span{Start: b.Span.Start + s.Start, End: b.Span.Start + s.End}
	}
	out := bitext.Span{Start: b.Span.End, End: b.Span.Start}
	for _, p := range b.pieces {
		if p.text.End <= s.Start && p.text.End != s.End || p.text.Start >= s.End && p.text.Start != s.Start {
			continue
		}
		from, to := p.source.Start, p.source.End
		if p.text.Len() == p.source.Len() {
			from += max(0, s.Start-p.text.Start)
			to -= max(0, p.text.End-s.End)
		}
		out.Start, out.End = min(out.Start, from), max(out.End, to)
	}
	if out.End < out.Start {
		out.End = out.Start
	}
	return out
}

// Open reads a document held in memory. The name gives the format where the options do
// not, and names the document in errors.
func Open(data []byte, name string, o Options) (*Document, error) {
	f, err := formatOf(name, o)
	if err != nil {
		return nil, err
	}
	d := &Document{Name: name, Format: f}
	if len(data) > MaxSize {
		return nil, &Error{Code: "document-too-large", File: name, Want: strconv.Itoa(MaxSize)}
	}
	if f.Binary {
		d.parts = []*part{{text: string(data)}}
	} else {
		text, e, err := Decode(data, f.encoding(data, o))
		if err != nil {
			return nil, named(err, name)
		}
		d.Encoding, d.parts = e, []*part{{text: text, encoding: e}}
	}
	if err := f.read(d, o); err != nil {
		return nil, named(err, name)
	}
	if o.Press {
		d.press()
	}
	return d, nil
}

// encoding is the name of the encoding that data is in, "" where Decode has to find it.
// What the document declares counts where the bytes do not contradict it: text in valid
// UTF-8 that is not plain ASCII is in UTF-8.
func (f Format) encoding(data []byte, o Options) string {
	if o.Encoding != "" || f.declared == nil {
		return o.Encoding
	}
	name := f.declared(data)
	if utf8.Valid(data) && (!ascii(data) || strings.HasPrefix(strings.ToLower(name), "utf-16")) {
		return ""
	}
	return name
}

func ascii(data []byte) bool {
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// formatOf settles the format of a document.
func formatOf(name string, o Options) (Format, error) {
	f, ok := FormatFor(name)
	if o.Format != "" {
		f, ok = FormatNamed(o.Format)
	}
	if !ok {
		return f, &Error{Code: "document-format-unknown", File: name, Have: o.Format}
	}
	return f, nil
}

// named puts the document's name into an error that lacks it.
func named(err error, name string) error {
	if e, ok := err.(*Error); ok && e.File == "" {
		e.File = name
	}
	return err
}

// Blocks reads a document as a stream of its blocks, the same that Open gives. A format
// that streams is read in memory that does not grow with the document, save for the few
// bytes a block that keep IDs unique; any other is read whole first. An error ends the
// stream.
func Blocks(r io.Reader, name string, o Options) iter.Seq2[Block, error] {
	return func(yield func(Block, error) bool) {
		f, err := formatOf(name, o)
		if err == nil && f.Streams && !o.Press {
			err = streamText(r, o, func(b Block) bool { return yield(b, nil) })
		} else if err == nil {
			err = yieldWhole(r, name, o, yield)
		}
		if err != nil && err != errStopped {
			yield(Block{}, named(err, name))
		}
	}
}

// yieldWhole opens the document and yields its blocks.
func yieldWhole(r io.Reader, name string, o Options, yield func(Block, error) bool) error {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return &Error{Code: "document-read", File: name, Err: err}
	}
	d, err := Open(data, name, o)
	if err != nil {
		return err
	}
	for _, b := range d.Blocks {
		if !yield(b, nil) {
			return errStopped
		}
	}
	return nil
}

// ids gives blocks their IDs: how often each hash has occurred. See the package comment.
type ids map[uint64]int32

var base32lower = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

func (n *ids) next(text string) string {
	if *n == nil {
		*n = ids{}
	}
	key := hash60(text)
	(*n)[key]++
	if k := (*n)[key]; k > 1 {
		return hashName(key) + "-" + strconv.Itoa(int(k))
	}
	return hashName(key)
}

// hash60 is the first 60 bits of a text's SHA-256.
func hash60(text string) uint64 {
	sum := sha256.Sum256([]byte(text))
	return binary.BigEndian.Uint64(sum[:8]) >> 4
}

// hashName writes 60 bits in base 32.
func hashName(h uint64) string {
	return base32lower.EncodeToString(binary.BigEndian.AppendUint64(nil, h<<4))[:12]
}
