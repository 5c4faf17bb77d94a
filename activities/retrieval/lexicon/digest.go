package lexicon

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
)

// Digest is a hash of the data, which decides how texts are read.
func Digest() string {
	h := sha256.New()
	// WalkDir goes by name, and reading what is embedded can't fail.
	_ = fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := files.ReadFile(path)
		h.Write([]byte(path))
		h.Write(raw)
		return err
	})
	return hex.EncodeToString(h.Sum(nil))
}
