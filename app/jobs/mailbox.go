package jobs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Written is a mail that was written as a file, for the page that shows those
// of the demonstration.
type Written struct {
	To      string
	Subject string
	At      time.Time
	Text    string
}

// maxMail bounds what is read of one file.
const maxMail = 1 << 20

// Mailbox reads the newest mails that were written as files, at most limit.
func Mailbox(dataDir string, limit int) ([]Written, error) {
	dir := filepath.Join(dataDir, MailFolder)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // no mail yet
	}
	if err != nil {
		return nil, fmt.Errorf("list the mails: %w", err)
	}
	slices.Reverse(entries) // the names begin with the time
	var list []Written
	for _, entry := range entries {
		if len(list) == limit {
			break
		}
		if !strings.HasSuffix(entry.Name(), ".eml") {
			continue
		}
		mail, err := readMail(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("read a mail: %w", err)
		}
		list = append(list, mail)
	}
	return list, nil
}

func readMail(path string) (Written, error) {
	file, err := os.Open(path)
	if err != nil {
		return Written{}, err
	}
	defer file.Close()
	message, err := netmail.ReadMessage(io.LimitReader(file, maxMail))
	if err != nil {
		return Written{}, err
	}
	var w Written
	w.To = strings.Trim(message.Header.Get("To"), "<>")
	if w.Subject, err = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject")); err != nil {
		return Written{}, err
	}
	if w.At, err = message.Header.Date(); err != nil {
		return Written{}, err
	}
	text, err := io.ReadAll(quotedprintable.NewReader(message.Body))
	if err != nil {
		return Written{}, err
	}
	w.Text = strings.ReplaceAll(string(text), "\r\n", "\n")
	return w, nil
}
