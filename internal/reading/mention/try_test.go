package mention

import ("testing";"os";"fmt";"strings")

func TestTry(t *testing.T) {
	b, _ := os.ReadFile("/tmp/try.txt")
	for _, l := range strings.Split(string(b), "\n") { fmt.Println(l); fmt.Println("   ", strings.ReplaceAll(readWith(nil, "2025-03-14", strings.ReplaceAll(l,"|","\n")), "; ", "\n    ")) }
}
