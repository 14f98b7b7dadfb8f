package main

// A packed matrix holds panels of 16 columns, row after row, so that the kernel reads it
// from end to end.
const panel = 16

// packed is a right factor made ready for product.
type packed struct {
	w    []float32
	k, n int // n is a multiple of panel
}

func (p *packed) room(k, n int) {
	p.k, p.n = k, (n+panel-1)/panel*panel
	if need := p.k * p.n; cap(p.w) < need {
		p.w = make([]float32, need)
	} else {
		p.w = p.w[:need]
	}
}

// pack makes a matrix of k rows and n columns ready.
func (p *packed) pack(b []float32, ldb, k, n int) {
	p.room(k, n)
	for j := 0; j < p.n; j += panel {
		dst := p.w[j*k : (j+panel)*k]
		if n-j >= panel {
			for r := range k {
				copy(dst[r*panel:r*panel+panel], b[r*ldb+j:r*ldb+j+panel])
			}
			continue
		}
		clear(dst)
		for r := range k {
			copy(dst[r*panel:], b[r*ldb+j:r*ldb+n])
		}
	}
}

// packTurned makes the transpose of a matrix of n rows and k columns ready.
func (p *packed) packTurned(b []float32, ldb, k, n int) {
	p.room(k, n)
	for j := 0; j < p.n; j += panel {
		dst := p.w[j*k : (j+panel)*k]
		if n-j < panel {
			clear(dst)
		}
		for c := range min(panel, n-j) {
			row := b[(j+c)*ldb : (j+c)*ldb+k]
			for r, v := range row {
				dst[r*panel+c] = v
			}
		}
	}
}

// turn writes the transpose of a matrix of m rows and n columns.
func turn(dst, a []float32, lda, m, n int) {
	for i := range m {
		row := a[i*lda : i*lda+n]
		for j, v := range row {
			dst[j*m+i] = v
		}
	}
}

var spareA, spareC []float32

// product adds the product of a (m rows) and b to c. The columns of c are a multiple of
// panel.
func product(c []float32, ldc int, a []float32, lda int, b *packed, m int) {
	k, n := b.k, b.n
	whole := m &^ 3
	for j := 0; j < n; j += panel {
		w := &b.w[j*k]
		for i := 0; i < whole; i += 4 {
			kernel(&a[i*lda], lda*4, w, &c[i*ldc+j], ldc*4, k)
		}
	}
	if whole == m {
		return
	}
	if len(spareA) < 4*k {
		spareA = make([]float32, 4*k)
	}
	if len(spareC) < 4*n {
		spareC = make([]float32, 4*n)
	}
	for i := range m - whole {
		copy(spareA[i*k:(i+1)*k], a[(whole+i)*lda:(whole+i)*lda+k])
		copy(spareC[i*n:(i+1)*n], c[(whole+i)*ldc:(whole+i)*ldc+n])
	}
	for j := 0; j < n; j += panel {
		kernel(&spareA[0], k*4, &b.w[j*k], &spareC[j], n*4, k)
	}
	for i := range m - whole {
		copy(c[(whole+i)*ldc:(whole+i)*ldc+n], spareC[i*n:(i+1)*n])
	}
}
