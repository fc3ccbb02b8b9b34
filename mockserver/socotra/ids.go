package socotra

import (
	"encoding/binary"
	"encoding/hex"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

var isUUID = schemas.IsUUID

// newUUID draws a random UUID (version 4) from the sandbox.
func newUUID(c *engine.Call) string {
	var b [16]byte
	c.Sandbox.Random(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

const ulidDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newULID draws a ULID from the sandbox: 48 bits of its time in milliseconds
// and 80 random ones, five bits a digit.
func newULID(c *engine.Call) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(c.Now().UnixMilli())<<16)
	c.Sandbox.Random(b[6:])
	high, low := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	var digits [26]byte
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = ulidDigits[low&31]
		low = low>>5 | high<<59
		high >>= 5
	}
	return string(digits[:])
}
