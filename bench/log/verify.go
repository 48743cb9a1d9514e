// Verifies an exported log with the libraries of Go's checksum database, which are not ours.
//
//	verify <directory> <vkey> [older size, older root in base64]
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	directory := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	signed, err := os.ReadFile(filepath.Join(directory, "checkpoint"))
	check(err)
	opened, err := note.Open(signed, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		fail("the origin is not the key's name")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	tree := tlog.Tree{N: size, Hash: root}
	hashes := tlog.TileHashReader(tree, tiles{directory})
	entries(directory, size, hashes)
	if len(os.Args) > 4 {
		older, err := strconv.ParseInt(os.Args[3], 10, 64)
		check(err)
		olderRoot, err := tlog.ParseHash(os.Args[4])
		check(err)
		proof, err := tlog.ProveTree(size, older, hashes)
		check(err)
		check(tlog.CheckTree(proof, size, root, older, olderRoot))
	}
	fmt.Printf("golang.org/x/mod/sumdb: %d entries\n", size)
}

// entries compares every entry with the hash that the authenticated tiles hold for it.
func entries(directory string, size int64, hashes tlog.HashReader) {
	for first := int64(0); first < size; first += 256 {
		width := size - first
		if width > 256 {
			width = 256
		}
		path := strings.Replace(tilePath(0, first/256, int(width)), "tile/0/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(directory, path))
		check(err)
		var indexes []int64
		for i := int64(0); i < width; i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, first+i))
		}
		stored, err := hashes.ReadHashes(indexes)
		check(err)
		for i := range stored {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				fail("a bundle ends early")
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			if tlog.RecordHash(data[2:end]) != stored[i] {
				fail(fmt.Sprintf("entry %d is not the one that was logged", first+int64(i)))
			}
			data = data[end:]
		}
		if len(data) > 0 {
			fail("a bundle is too long")
		}
	}
}

type tiles struct{ directory string }

func (t tiles) Height() int { return 8 }

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range wanted {
		data, err := os.ReadFile(filepath.Join(t.directory, tilePath(tile.L, tile.N, tile.W)))
		if err != nil {
			return nil, err
		}
		read = append(read, data)
	}
	return read, nil
}

// tilePath leaves out the height that the checksum database has in its paths.
func tilePath(level int, number int64, width int) string {
	path := tlog.Tile{H: 8, L: level, N: number, W: width}.Path()
	return strings.Replace(path, "tile/8/", "tile/", 1)
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(reason string) {
	fmt.Fprintln(os.Stderr, reason)
	os.Exit(1)
}
