package answer

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// repliesFolder has replies to judge, with the evidence that they rest on.
const repliesFolder = "testdata/replies"

// scene is a turn with replies that a guard must pass and others that it must
// refuse. The expectations are fixed.
type scene struct {
	ID       string            `json:"id"`
	Language models.Language   `json:"language"`
	Shop     string            `json:"shop"`
	Now      time.Time         `json:"now"`
	Zone     string            `json:"zone"`
	History  []Line            `json:"history"`
	Say      []string          `json:"say"`
	Evidence []models.Evidence `json:"evidence"`
	Good     []reply           `json:"good"`
	Bad      []reply           `json:"bad"`
}

type reply struct {
	ID     string        `json:"id"`
	Action models.Action `json:"action"`
	Text   string        `json:"text"`
	Cites  []int         `json:"cites"`
	Kind   string        `json:"kind"` // Of a bad one: what is wrong with it.
}

func (r reply) draft() models.Draft {
	return models.Draft{Action: r.Action, Text: r.Text, Cites: r.Cites}
}

func (s *scene) turn(t testing.TB) Turn {
	t.Helper()
	zone, err := time.LoadLocation(s.Zone)
	require.NoError(t, err)
	return Turn{Language: s.Language, Shop: s.Shop, Messages: s.Say, History: s.History, Now: s.Now.In(zone)}
}

func readScenes(t testing.TB, l models.Language) []scene {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(repliesFolder, string(l)+".json"))
	require.NoError(t, err)
	var file struct {
		Scenes []scene `json:"scenes"`
	}
	require.NoError(t, json.Unmarshal(raw, &file))
	for i := range file.Scenes {
		for n := range file.Scenes[i].Evidence {
			e := &file.Scenes[i].Evidence[n]
			switch {
			case e.Product != nil:
				e.Kind = models.EvidenceProduct
			case e.Passage != nil:
				e.Kind = models.EvidencePassage
			case e.Order != nil:
				e.Kind = models.EvidenceOrder
			case e.Computed != nil:
				e.Kind = models.EvidenceComputed
			case e.Lookup != nil:
				e.Kind = models.EvidenceLookup
			}
		}
	}
	return file.Scenes
}

// count is how many of how many replies were judged as they should be.
type count struct{ right, of int }

func (c *count) add(right bool) {
	c.of++
	if right {
		c.right++
	}
}

func (c *count) String() string { return fmt.Sprintf("%d/%d", c.right, c.of) }

// score is what became of one language's replies.
type score struct {
	stopped, passed count
	kinds           map[string]*count // Of the bad ones.
}

// judge has the guard judge all replies of a language, and logs each one that
// it misjudges.
func judge(t *testing.T, l models.Language) score {
	t.Helper()
	s := score{kinds: map[string]*count{}}
	bad := func(turn Turn, r reply, evidence []models.Evidence, kind string) {
		if s.kinds[kind] == nil {
			s.kinds[kind] = &count{}
		}
		stopped := len(Guard(turn, r.draft(), evidence)) > 0
		s.kinds[kind].add(stopped)
		s.stopped.add(stopped)
		if !stopped {
			t.Logf("passes bad %s (%s): %s", r.ID, kind, r.Text)
		}
	}
	made := readAltered(t, l)
	for _, scene := range readScenes(t, l) {
		turn := scene.turn(t)
		for _, good := range scene.Good {
			violations := Guard(turn, good.draft(), scene.Evidence)
			s.passed.add(len(violations) == 0)
			if len(violations) > 0 {
				t.Logf("refuses good %s for %v: %s", good.ID, violations, good.Text)
			}
			for _, m := range made {
				if m.Of == good.ID {
					bad(turn, reply{m.ID, good.Action, m.Text, good.Cites, m.Kind}, scene.Evidence, "altered "+m.Kind)
				}
			}
		}
		for _, r := range scene.Bad {
			bad(turn, r, scene.Evidence, r.Kind)
		}
	}
	return s
}

func TestGuardJudgesReplies(t *testing.T) {
	t.Parallel()
	var stopped, passed count
	for _, l := range models.Languages() {
		s := judge(t, l)
		for _, kind := range sortedKeys(s.kinds) {
			t.Logf("%s %-17s stopped %s", l, kind, s.kinds[kind])
		}
		t.Logf("%s bad stopped %s, good refused %d/%d", l, &s.stopped, s.passed.of-s.passed.right, s.passed.of)
		stopped.right, stopped.of = stopped.right+s.stopped.right, stopped.of+s.stopped.of
		passed.right, passed.of = passed.right+s.passed.right, passed.of+s.passed.of
	}
	t.Logf("all bad stopped %s, good refused %d/%d", &stopped, passed.of-passed.right, passed.of)
	require.GreaterOrEqual(t, stopped.of, 300)
	require.GreaterOrEqual(t, passed.of, 300)
	require.GreaterOrEqual(t, stopped.right*100, stopped.of*99, "of the bad replies 99% have to be stopped")
	require.LessOrEqual(t, (passed.of-passed.right)*100, passed.of*2, "of the good replies at most 2% may be refused")
}

// leastOfAll is the share in percent that has to be stopped of all that the
// program can make. Some of it is no sentence that anybody would say.
const leastOfAll = 96

// The hundred and sixty that are committed are a sample: the guard has to stop
// as much of the rest.
func TestGuardStopsWhateverTheProgramAlters(t *testing.T) {
	t.Parallel()
	var all count
	for _, l := range models.Languages() {
		for _, kind := range alteredKinds {
			var c count
			for _, scene := range readScenes(t, l) {
				turn := scene.turn(t)
				for _, good := range scene.Good {
					for _, m := range alterationsOf(t, &scene, good, kind) {
						bad := reply{good.ID, good.Action, m.Text, good.Cites, kind}
						c.add(len(Guard(turn, bad.draft(), scene.Evidence)) > 0)
					}
				}
			}
			t.Logf("%s %-8s stopped %s", l, kind, &c)
			all.right, all.of = all.right+c.right, all.of+c.of
		}
	}
	t.Logf("all stopped %s", &all)
	require.GreaterOrEqual(t, all.right*100, all.of*leastOfAll)
}
