//go:build !amd64

package learn

import "unsafe"

// kernel adds the product of 4 rows of a and one Panel of b to 4 rows of c. The strides
// are in bytes.
func kernel(a *float32, lda int, b *float32, c *float32, ldc int, k int) {
	w := unsafe.Slice(b, k*Panel)
	for i := range 4 {
		row := unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(a), i*lda)), k)
		sum := unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(c), i*ldc)), Panel)
		for r, v := range row {
			for j := range Panel {
				sum[j] += v * w[r*Panel+j]
			}
		}
	}
}

// addTo adds n numbers.
func addTo(dst, src *float32, n int) {
	to := unsafe.Slice(dst, n)
	for i, v := range unsafe.Slice(src, n) {
		to[i] += v
	}
}
