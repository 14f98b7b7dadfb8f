package learn

// kernel adds the product of 4 rows of a and one panel of b to 4 rows of c. The strides
// are in bytes.
//
//go:noescape
func kernel(a *float32, lda int, b *float32, c *float32, ldc int, k int)

// addTo adds n numbers, a multiple of 8.
//
//go:noescape
func addTo(dst, src *float32, n int)
