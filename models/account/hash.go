package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Argon2id as OWASP's cheat sheet asks: 19 MiB, 2 passes, 1 lane; 22 ms.
const (
	argonMemory = 19 * 1024 // KiB
	argonPasses = 2
	argonLanes  = 1
	saltSize    = 16
	keySize     = 32
)

// hashWait is how long a person waits for a slot before « réessayez ».
const hashWait = 3 * time.Second

// hasher bounds how many passwords are hashed at once: 32 clients that log in
// must not take the memory and the cores of everybody who reads.
type hasher struct {
	slots chan struct{}
	wait  time.Duration
	// nobody is the hash of a random password: checked when an address has no
	// account, so that the answer takes as long.
	nobody string
}

func newHasher() *hasher {
	h := &hasher{slots: make(chan struct{}, max(1, runtime.NumCPU()-1)), wait: hashWait}
	var salt [saltSize]byte
	var key [keySize]byte
	rand.Read(salt[:])
	rand.Read(key[:])
	h.nobody = phc(salt[:], key[:])
	return h
}

// slot takes a slot, and gives back what releases it; ErrBusy when none came
// free in time.
func (h *hasher) slot(ctx context.Context) (release func(), err error) {
	release = func() { <-h.slots }
	select {
	case h.slots <- struct{}{}:
		return release, nil
	default:
	}
	timer := time.NewTimer(h.wait)
	defer timer.Stop()
	select {
	case h.slots <- struct{}{}:
		return release, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		return nil, ErrBusy
	}
}

// hash makes the PHC string of a password.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	release, err := h.slot(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	var salt [saltSize]byte
	rand.Read(salt[:])
	return phc(salt[:], argon(password, salt[:])), nil
}

// verify tells whether a password is the one of a PHC string. It does the same
// work when the string is empty (no such account, or one that cannot log in).
func (h *hasher) verify(ctx context.Context, password, encoded string) (bool, error) {
	release, err := h.slot(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	known := encoded != ""
	if !known {
		encoded = h.nobody
	}
	salt, key, err := parsePHC(encoded)
	if err != nil {
		return false, err
	}
	// Nobody has a longer one, and normalising a megabyte would hold the slot.
	tooLong := len(password) > 4*passwordMax
	if tooLong {
		password = ""
	}
	same := subtle.ConstantTimeCompare(argon(password, salt), key) == 1
	return same && known && !tooLong, nil
}

// argon hashes the normalised password: é typed as one character or as two
// (macOS) is the same password.
func argon(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, argonPasses, argonMemory, argonLanes, keySize)
}

var phcPrefix = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, argonMemory, argonPasses, argonLanes)

func phc(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return phcPrefix + b64.EncodeToString(salt) + "$" + b64.EncodeToString(key)
}

// parsePHC reads what phc wrote. Other costs are a fault: none was ever used.
func parsePHC(encoded string) (salt, key []byte, err error) {
	rest, ok := strings.CutPrefix(encoded, phcPrefix)
	saltText, keyText, cut := strings.Cut(rest, "$")
	if !ok || !cut {
		return nil, nil, fmt.Errorf("read a password hash: not %s…", phcPrefix)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(saltText); err == nil {
		key, err = base64.RawStdEncoding.DecodeString(keyText)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read a password hash: %w", err)
	}
	return salt, key, nil
}
