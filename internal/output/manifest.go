package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// manifestName is the file in the output folder that lists what is ours. It holds nothing of
// the machine that made it: equal sites have equal manifests.
const manifestName = ".wenfang-manifest.json"

// retainedBuilds is for how many builds a hashed file stays after the last page that needed
// it: a tab opened before, or a page in some cache, goes on working.
const retainedBuilds = 5

// manifest lists the files of an output folder that builds wrote.
type manifest struct {
	Files   map[string]string `json:"files"`             // path → hash
	Retired map[string]int    `json:"retired,omitempty"` // old hashed files → builds they still stay
}

// readManifest returns the manifest of dir; an empty one for a folder without. Entries that
// do not name a file inside the folder are dropped: a planted manifest removes nothing.
func readManifest(dir string) (*manifest, error) {
	m := &manifest{}
	data, err := readRegular(filepath.Join(dir, manifestName))
	switch {
	case err == nil:
		if err := json.Unmarshal(data, m); err != nil {
			return nil, &RefusedError{Folder: dir, Reason: "refused.manifest", Detail: err.Error()}
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	for path := range m.Files {
		if !isLocal(path) {
			delete(m.Files, path)
		}
	}
	for path := range m.Retired {
		if !isLocal(path) {
			delete(m.Retired, path)
		}
	}
	return m, nil
}

func isLocal(path string) bool {
	return filepath.IsLocal(filepath.FromSlash(path)) && !strings.Contains(path, "\\") && path != manifestName
}

func (m *manifest) lists(path string) bool {
	_, file := m.Files[path]
	_, retired := m.Retired[path]
	return file || retired
}

// holds reports whether any listed path begins with prefix.
func (m *manifest) holds(prefix string) bool {
	for path := range m.Files {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

// write replaces the manifest of dir in one step.
func (m *manifest) write(dir, stageDir string) error {
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		panic(err) // a map of strings can always be encoded
	}
	temp := filepath.Join(stageDir, "manifest")
	if err := os.WriteFile(temp, append(data, '\n'), 0o644); err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	return replace(temp, filepath.Join(dir, manifestName))
}
