package jobs

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// folder takes mails as files, when no server is configured.
type folder string

// send writes a mail as .eml, named after its Message-ID: written twice, it is
// one file. Only the portal's user may read it: it may hold a link that opens
// an account.
func (f folder) send(_ context.Context, m Mail) error {
	message, err := m.message()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return fmt.Errorf("make the folder of mails: %w", err)
	}
	file, err := os.CreateTemp(string(f), "*.part") // readable by the owner alone
	if err != nil {
		return fmt.Errorf("write a mail: %w", err)
	}
	defer os.Remove(file.Name()) // gone already when all went well
	_, err = message.WriteTo(file)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(string(f), m.fileName()))
	}
	if err != nil {
		return fmt.Errorf("write a mail: %w", err)
	}
	return nil
}

// fileTime begins the name of a file.
const fileTime = "20060102-150405"

// fileName sorts by age; the Message-ID tells mails of two stores apart.
func (m Mail) fileName() string {
	return fmt.Sprintf("%s-%06d-%.8s.eml", m.CreatedAt.UTC().Format(fileTime), m.ID, m.MessageID)
}
