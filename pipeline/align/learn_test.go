package align_test

import (
	"fmt"
	"strings"
	"testing"

	"drogman/pipeline/align"
)

// memory is a dozen invented sentences and their translations, word for word.
func memory() (source, target []string) {
	from := strings.Fields("zork blip mirl grumf vlon drusk")
	to := strings.Fields("tamp dosk bexi hirp quand oly")
	for i := range from {
		for j := range from {
			source = append(source, from[i]+" "+from[j])
			target = append(target, to[j]+" "+to[i])
		}
	}
	return source, target
}

func ExampleLearn() {
	for _, p := range align.Learn(memory()) {
		fmt.Println(p.Source, p.Target)
	}
	// Output:
	// zork tamp
	// blip dosk
	// mirl bexi
	// grumf hirp
	// vlon quand
	// drusk oly
}

func TestLearnNothing(t *testing.T) {
	for _, c := range [][2][]string{{nil, nil}, {{""}, {""}}, {{"un"}, {"one"}}, {{"12 - 3"}, {"12 - 3"}}} {
		if pairs := align.Learn(c[0], c[1]); len(pairs) > 0 {
			t.Errorf("%q teaches %v", c, pairs)
		}
	}
}
