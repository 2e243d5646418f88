package main

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"passerelle/models"
)

// A backup is one .tar.gz: every file of the data folder but the index, which
// rebuilds itself, and the locks; the database is a consistent copy made while
// the portal may be writing. The last entry lists the digests of the others.

// indexFolder is where the search index lives inside the data folder.
const indexFolder = "index"

// manifestName is the entry that lists the digests.
const manifestName = "manifest.json"

// manifest says what a backup holds.
type manifest struct {
	Format int               `json:"format"`
	Made   time.Time         `json:"made"`
	Files  map[string]string `json:"files"` // name → SHA-256 in hexadecimal
}

// backupFormat is the format that this program writes and reads.
const backupFormat = 1

// errBackup says that a file is no whole backup.
var errBackup = errors.New("ce fichier n’est pas une sauvegarde complète de Passerelle")

// inBackup tells whether a file of the data folder belongs in a backup.
func inBackup(name string) bool {
	switch {
	case strings.HasPrefix(name, models.DatabaseFile): // copied apart, with what its log holds
		return false
	case strings.HasSuffix(name, ".lock"), name == indexFolder, strings.HasPrefix(name, indexFolder+"/"),
		strings.HasPrefix(name, replacedPrefix):
		return false
	}
	return true
}

// backup writes a backup of the data folder to target, which must not exist;
// it appears whole or not at all.
func backup(ctx context.Context, store *models.Store, target string) (err error) {
	work, err := os.MkdirTemp(filepath.Dir(target), ".sauvegarde-*")
	if err != nil {
		return fmt.Errorf("make room for the backup: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	database := filepath.Join(work, models.DatabaseFile)
	if err := store.CopyTo(ctx, database); err != nil {
		return err
	}
	archive := filepath.Join(work, "archive")
	if err := pack(archive, store.Dir(), database, store.Now().Time); err != nil {
		return err
	}
	// Link refuses to replace a file, Rename would not.
	if err := os.Link(archive, target); err != nil {
		return fmt.Errorf("place the backup: %w", err)
	}
	return syncFolder(filepath.Dir(target))
}

func pack(archive, dir, database string, now time.Time) (err error) {
	file, err := os.OpenFile(archive, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("create the backup: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	zip := gzip.NewWriter(file)
	out := tar.NewWriter(zip)
	content := manifest{Format: backupFormat, Made: now, Files: map[string]string{}}
	add := func(name, from string) error {
		sum, err := addFile(out, name, from, now)
		content.Files[name] = sum
		return err
	}
	if err := add(models.DatabaseFile, database); err != nil {
		return err
	}
	err = filepath.WalkDir(dir, func(from string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, from)
		if err != nil || name == "." {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case !inBackup(name) && entry.IsDir():
			return fs.SkipDir
		case !inBackup(name) || !entry.Type().IsRegular():
			return nil
		}
		return add(name, from)
	})
	if err != nil {
		return fmt.Errorf("pack the data folder: %w", err)
	}
	text, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	header := &tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(text)), ModTime: now}
	if err := out.WriteHeader(header); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	if _, err := out.Write(text); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	if err := errors.Join(out.Close(), zip.Close(), file.Sync()); err != nil {
		return fmt.Errorf("finish the backup: %w", err)
	}
	return nil
}

func addFile(out *tar.Writer, name, from string, now time.Time) (sum string, err error) {
	file, err := os.Open(from)
	if err != nil {
		return "", fmt.Errorf("pack %s: %w", name, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", fmt.Errorf("pack %s: %w", name, err)
	}
	if err := out.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: now}); err != nil {
		return "", fmt.Errorf("pack %s: %w", name, err)
	}
	hash := sha256.New()
	if _, err := io.Copy(io.MultiWriter(out, hash), io.LimitReader(file, info.Size())); err != nil {
		return "", fmt.Errorf("pack %s: %w", name, err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// replacedPrefix begins the folders into which restore moves what it replaces.
const replacedPrefix = "avant-restauration-"

// restore puts a backup in place of the data folder's content, which it moves
// aside, and gives the database a new store id, so that an older index is not
// taken for its own. It refuses while a server holds the folder.
func restore(ctx context.Context, dir, source string, now time.Time) (err error) {
	lock, err := models.LockFolder(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	fresh, err := os.MkdirTemp(dir, ".restauration-*")
	if err != nil {
		return fmt.Errorf("make room for the restored files: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(fresh)) }()
	if err := unpack(source, fresh); err != nil {
		return err
	}
	if err := models.Renew(ctx, filepath.Join(fresh, models.DatabaseFile)); err != nil {
		return err
	}
	aside := filepath.Join(dir, replacedPrefix+now.UTC().Format("20060102T150405Z"))
	if err := moveAll(dir, aside, filepath.Base(fresh)); err != nil {
		return err
	}
	return moveAll(fresh, dir, "")
}

// unpack reads a backup into a folder and checks every digest.
func unpack(source, dir string) error {
	file, err := os.Open(source)
	if err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	defer file.Close()
	zip, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%w : %w", errBackup, err)
	}
	in := tar.NewReader(zip)
	sums := map[string]string{}
	var content manifest
	for {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("%w : %w", errBackup, err)
		}
		if header.Name == manifestName {
			if err := json.NewDecoder(in).Decode(&content); err != nil {
				return fmt.Errorf("%w : %w", errBackup, err)
			}
			continue
		}
		if !fs.ValidPath(header.Name) || header.Typeflag != tar.TypeReg {
			return fmt.Errorf("%w : entrée %q", errBackup, header.Name)
		}
		if sums[header.Name], err = extract(in, filepath.Join(dir, filepath.FromSlash(header.Name))); err != nil {
			return err
		}
	}
	// The archive ends before its checksum, which also covers what pads files.
	if _, err := io.Copy(io.Discard, zip); err != nil {
		return fmt.Errorf("%w : %w", errBackup, err)
	}
	if content.Format != backupFormat || len(content.Files) != len(sums) || sums[models.DatabaseFile] == "" {
		return errBackup
	}
	for name, sum := range content.Files {
		if sums[name] != sum {
			return fmt.Errorf("%w : %s est abîmé", errBackup, path.Base(name))
		}
	}
	return nil
}

func extract(in io.Reader, target string) (sum string, err error) {
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return "", fmt.Errorf("restore a file: %w", err)
	}
	file, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("restore a file: %w", err)
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(file, hash), in)
	if err != nil {
		err = fmt.Errorf("%w : %w", errBackup, err)
	}
	return hex.EncodeToString(hash.Sum(nil)), errors.Join(err, file.Sync(), file.Close())
}

// moveAll moves what a folder holds into another, but the locks, what earlier
// restores moved aside, and one name.
func moveAll(from, to, but string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return fmt.Errorf("read the data folder: %w", err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if name == but || strings.HasSuffix(name, ".lock") || strings.HasPrefix(name, replacedPrefix) {
			continue
		}
		if err := os.MkdirAll(to, 0o700); err != nil {
			return fmt.Errorf("move files: %w", err)
		}
		if err := os.Rename(filepath.Join(from, name), filepath.Join(to, name)); err != nil {
			return fmt.Errorf("move files: %w", err)
		}
	}
	return syncFolder(to)
}

func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing was there to move
	}
	if err != nil {
		return fmt.Errorf("sync a folder: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("sync a folder: %w", err)
	}
	return nil
}
