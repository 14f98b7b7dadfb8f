package language

import (
	"strings"
	"testing"

	"readout/internal/language/net"
)

// article is news of invented states, in sentences of the length that news has.
const article = `Varland signs harbour deal with Ostreya after months of talks

Varland's prime minister, Ada Reen, signed an agreement on Tuesday that opens the northern harbours to ships from Ostreya, ending a dispute that had closed the coast for almost two years.

"We have said from the beginning that we would not sign until the road was open," Ms. Reen told reporters in Tal. "It's open now, and that's why we're here."

Officials in Keth, which borders both countries, said they hadn't been told about the talks and would study the text before they decided whether to lift their own restrictions. The foreign ministry described the agreement as "a first step" but warned that it did not settle who owns the islands off the coast.

At least 40 people were injured in February when soldiers fired at a fishing boat near the largest of the islands, according to the Red Cross. Ostreya denied that its forces were involved and called for an independent inquiry.
`

func benchmark(b *testing.B, layers Pipeline, prepare func(*Document)) {
	text := strings.Repeat(article, 3)
	words := 0
	for b.Loop() {
		d := New(text, nil)
		b.StopTimer()
		prepare(d)
		b.StartTimer()
		layers.Annotate(d)
		words += len(d.Tokens)
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
	b.ReportAllocs()
}

func BenchmarkCut(b *testing.B) {
	benchmark(b, Pipeline{Paragraphs{}, Words{}, Sentences{}}, func(*Document) {})
}

func BenchmarkSyntax(b *testing.B) {
	benchmark(b, Pipeline{Syntax{}}, func(d *Document) { Pipeline{Paragraphs{}, Words{}, Sentences{}}.Annotate(d) })
}

func BenchmarkLayers(b *testing.B) {
	benchmark(b, Pipeline{Paragraphs{}, Words{}, Sentences{}, Syntax{}}, func(*Document) {})
}

// BenchmarkLoad makes the trained files ready, as the first article does.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := net.Load(networkFile); err != nil {
			b.Fatal(err)
		}
		readLemmas(lemmaFile)
	}
}
