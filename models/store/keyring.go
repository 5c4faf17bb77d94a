package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/google/uuid"

	"kedai/models"
)

// Keyring encrypts secret columns with AES-256-GCM. New values are sealed with
// the current key; older keys still open theirs, so keys can be rotated.
type Keyring struct {
	current string
	keys    map[string]cipher.AEAD
	marks   []byte // The current key, for marks.
}

// ParseKeyring reads "id:base64key[,id:base64key…]"; the first key is the
// current one. Keys are 32 bytes.
func ParseKeyring(spec models.Secret) (Keyring, error) {
	ring := Keyring{keys: map[string]cipher.AEAD{}}
	for part := range strings.SplitSeq(spec.Reveal(), ",") {
		id, encoded, found := strings.Cut(strings.TrimSpace(part), ":")
		key, err := base64.StdEncoding.DecodeString(encoded)
		if !found || id == "" || err != nil || len(key) != 32 {
			return Keyring{}, models.Errorf(models.CodeInvalid, "the encryption keys can't be read; their form is id:base64 of 32 bytes, separated by commas, the current one first")
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return Keyring{}, models.Errorf(models.CodeInternal, "make cipher: %w", err)
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return Keyring{}, models.Errorf(models.CodeInternal, "make cipher: %w", err)
		}
		if ring.current == "" {
			ring.current, ring.marks = id, key
		}
		ring.keys[id] = aead
	}
	return ring, nil
}

// NewKey returns a fresh key in the form that ParseKeyring reads.
func NewKey(id string) (models.Secret, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return "", models.Errorf(models.CodeInternal, "make key: %w", err)
	}
	return models.Secret(id + ":" + base64.StdEncoding.EncodeToString(key)), nil
}

// seal encrypts a value for one column of one account. The ciphertext opens
// nowhere else: account and column are its associated data.
func (k Keyring) seal(account uuid.UUID, column string, value models.Secret) (sealed []byte, keyID string, err error) {
	aead, ok := k.keys[k.current]
	if !ok {
		return nil, "", models.Errorf(models.CodeInternal, "there is no encryption key")
	}
	nonce := make([]byte, aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, "", models.Errorf(models.CodeInternal, "make nonce: %w", err)
	}
	return aead.Seal(nonce, nonce, []byte(value.Reveal()), associated(account, column)), k.current, nil
}

// open decrypts what seal made.
func (k Keyring) open(account uuid.UUID, column, keyID string, sealed []byte) (models.Secret, error) {
	aead, ok := k.keys[keyID]
	if !ok {
		return "", models.Errorf(models.CodeInternal, "the encryption key %q is missing; add it to the keys", keyID)
	}
	if len(sealed) < aead.NonceSize() {
		return "", models.Errorf(models.CodeInternal, "the sealed %s is too short", column)
	}
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], associated(account, column))
	if err != nil {
		return "", models.Errorf(models.CodeInternal, "the sealed %s doesn't open with key %q", column, keyID)
	}
	return models.Secret(plain), nil
}

// mark returns a keyed hash of a text for one account, by which its repetition
// is known and nothing else. Nil for the empty text.
func (k Keyring) mark(account uuid.UUID, text string) *string {
	if text == "" {
		return nil
	}
	mac := hmac.New(sha256.New, k.marks)
	mac.Write(associated(account, text))
	sum := hex.EncodeToString(mac.Sum(nil))
	return &sum
}

func associated(account uuid.UUID, column string) []byte {
	return append(account[:], column...)
}
