package check

import (
	"encoding/binary"
	"os"

	"drogman/pipeline/bitext"
)

// spool keeps the units of a batch so that a finding about the whole batch can show its
// texts: in memory while they are few, then in a temporary file. What stays in memory is
// eight bytes a unit.
type spool struct {
	offsets []int64
	pending []byte // not yet in the file
	written int64
	file    *os.File
}

// spoolMemory is how many bytes are held before a file is begun, and between writes.
const spoolMemory = 16 << 20

// put stores a unit and returns its number, counting from 0.
func (s *spool) put(u *bitext.Unit) (int, error) {
	s.offsets = append(s.offsets, s.written+int64(len(s.pending)))
	s.pending = binary.AppendVarint(s.pending, int64(u.Place.Line))
	s.pending = binary.AppendVarint(s.pending, int64(u.Place.Column))
	for _, field := range []string{u.Place.File, u.Document, u.ID, u.Source, u.Target} {
		s.pending = binary.AppendUvarint(s.pending, uint64(len(field)))
		s.pending = append(s.pending, field...)
	}
	if len(s.pending) >= spoolMemory {
		return len(s.offsets) - 1, s.flush()
	}
	return len(s.offsets) - 1, nil
}

func (s *spool) flush() error {
	if s.file == nil {
		f, err := os.CreateTemp("", "drogman-check-*")
		if err != nil {
			return err
		}
		s.file = f
	}
	n, err := s.file.Write(s.pending)
	s.written += int64(n)
	s.pending = s.pending[:0]
	return err
}

// get returns the unit put as number i, with what put kept of it.
func (s *spool) get(i int) (*bitext.Unit, error) {
	end := s.written + int64(len(s.pending))
	if i+1 < len(s.offsets) {
		end = s.offsets[i+1]
	}
	record := make([]byte, end-s.offsets[i])
	if at := s.offsets[i] - s.written; at >= 0 {
		copy(record, s.pending[at:])
	} else if _, err := s.file.ReadAt(record, s.offsets[i]); err != nil {
		return nil, err
	}
	u := &bitext.Unit{}
	for _, number := range []*int{&u.Place.Line, &u.Place.Column} {
		v, n := binary.Varint(record)
		*number, record = int(v), record[n:]
	}
	for _, field := range []*string{&u.Place.File, &u.Document, &u.ID, &u.Source, &u.Target} {
		length, n := binary.Uvarint(record)
		*field = string(record[n : n+int(length)])
		record = record[n+int(length):]
	}
	return u, nil
}

func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}
