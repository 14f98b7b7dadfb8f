//go:build !amd64

package main

import "unsafe"

// kernel adds the product of 4 rows of a and one panel of b to 4 rows of c. The strides
// are in bytes.
func kernel(a *float32, lda int, b *float32, c *float32, ldc int, k int) {
	w := unsafe.Slice(b, k*panel)
	for i := range 4 {
		row := unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(a), i*lda)), k)
		sum := unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(c), i*ldc)), panel)
		for r, v := range row {
			for j := range panel {
				sum[j] += v * w[r*panel+j]
			}
		}
	}
}
