package mention

import ("testing";"os";"fmt"; "readout/internal/language"; "readout/internal/reading/mention/rank"; "readout/internal/reading/quotation"; "time")

type dbg struct{ r **reader }
func (g dbg) Choose(d *language.Document, token, s int, class rank.Class, all []rank.Candidate) (int, int) {
	b, m := ranking().Choose(d, token, s, class, all)
	if class == rank.He || class == rank.She || class==rank.It {
		fmt.Printf("%s in: %s\n", d.Tokens[token].Lower, d.Words(d.Sentences[s].Range))
		for i := range all { 
			if !rank.Possible(class,&all[i]) {continue}
			x := ""
			if i == b { x = fmt.Sprint("<<<", m) }
			fmt.Printf("    %s s%d head=%s/%s g=%c count=%d subj=%d spoke=%d score %d %s\n", d.Words(d.Tokens[all[i].Token].Range), all[i].Sentence-s, d.Tokens[all[i].Token].Rel, d.Tokens[all[i].Token].UPOS, all[i].Gender+32, all[i].Count, all[i].Subject, all[i].Spoke, ranking().Score(d, token, s, class, all[i], 0), x) }
	}
	return b, m
}
func TestTry2(t *testing.T) {
	b, _ := os.ReadFile("/work/shared/corpora/gold/seed.txt")
	d := language.New(string(b), nil)
	d.Published, _ = time.Parse(time.DateOnly, "2025-03-14")
	language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}, quotation.Annotator{}, Annotator{Chooser: dbg{}}}.Annotate(d)
}
