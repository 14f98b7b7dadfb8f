// Package name finds the names in a text: persons, organisations, places, peoples, times
// and numbers. In
//
//	Ada Reen of the Ostreyan Red Cross said on 3 May that 40 boats had left Tal.
//
// they are "Ada Reen" (a person), "Ostreyan Red Cross" (an organisation), "3 May" (a time),
// "40" (a number) and "Tal" (a place). A title is no part of a name, nor is an article.
//
// It reads the sentences with their parse and fills Document.Names. A trained chain looks at
// each sentence for names and times, and a trained classifier tells what each name is, for
// all places of one name in an article together. What looks like a name and is none of the
// sorts, like that of a war or a book, is left out.
package name
