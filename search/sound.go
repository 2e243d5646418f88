package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

// sound tells whether a segment file ends in the CRC-32 of all before.
func sound(path string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, fmt.Errorf("check the search index: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return false, fmt.Errorf("check the search index: %w", err)
	}
	if info.Size() <= 4 {
		return false, nil
	}
	hash := crc32.NewIEEE()
	if _, err := io.CopyN(hash, file, info.Size()-4); err != nil {
		return false, fmt.Errorf("check the search index: %w", err)
	}
	var end [4]byte
	if _, err := io.ReadFull(file, end[:]); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return false, nil
		}
		return false, fmt.Errorf("check the search index: %w", err)
	}
	return binary.BigEndian.Uint32(end[:]) == hash.Sum32(), nil
}
