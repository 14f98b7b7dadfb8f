package learn

// Panel is how many columns of a packed matrix stand together, row after row, so that the
// kernel reads it from end to end.
const Panel = 16

// Packed is a right factor made ready for product.
type Packed struct {
	w              []float32
	k, n           int // n is a multiple of Panel
	spareA, spareC []float32
}

func (p *Packed) room(k, n int) {
	p.k, p.n = k, (n+Panel-1)/Panel*Panel
	if need := p.k * p.n; cap(p.w) < need {
		p.w = make([]float32, need)
	} else {
		p.w = p.w[:need]
	}
}

// Pack makes a matrix of k rows and n columns ready.
func (p *Packed) Pack(b []float32, ldb, k, n int) {
	p.room(k, n)
	for j := 0; j < p.n; j += Panel {
		dst := p.w[j*k : (j+Panel)*k]
		if n-j >= Panel {
			for r := range k {
				copy(dst[r*Panel:r*Panel+Panel], b[r*ldb+j:r*ldb+j+Panel])
			}
			continue
		}
		clear(dst)
		for r := range k {
			copy(dst[r*Panel:], b[r*ldb+j:r*ldb+n])
		}
	}
}

// PackTurned makes the transpose of a matrix of n rows and k columns ready.
func (p *Packed) PackTurned(b []float32, ldb, k, n int) {
	p.room(k, n)
	for j := 0; j < p.n; j += Panel {
		dst := p.w[j*k : (j+Panel)*k]
		if n-j < Panel {
			clear(dst)
		}
		for c := range min(Panel, n-j) {
			row := b[(j+c)*ldb : (j+c)*ldb+k]
			for r, v := range row {
				dst[r*Panel+c] = v
			}
		}
	}
}

// Turn writes the transpose of a matrix of m rows and n columns.
func Turn(dst, a []float32, lda, m, n int) {
	for i := range m {
		row := a[i*lda : i*lda+n]
		for j, v := range row {
			dst[j*m+i] = v
		}
	}
}

// Product adds the product of a (m rows) and b to c. The columns of c are a multiple of
// Panel.
func Product(c []float32, ldc int, a []float32, lda int, b *Packed, m int) {
	k, n := b.k, b.n
	whole := m &^ 3
	for j := 0; j < n; j += Panel {
		w := &b.w[j*k]
		for i := 0; i < whole; i += 4 {
			kernel(&a[i*lda], lda*4, w, &c[i*ldc+j], ldc*4, k)
		}
	}
	if whole == m {
		return
	}
	if len(b.spareA) < 4*k {
		b.spareA = make([]float32, 4*k)
	}
	if len(b.spareC) < 4*n {
		b.spareC = make([]float32, 4*n)
	}
	for i := range m - whole {
		copy(b.spareA[i*k:(i+1)*k], a[(whole+i)*lda:(whole+i)*lda+k])
		copy(b.spareC[i*n:(i+1)*n], c[(whole+i)*ldc:(whole+i)*ldc+n])
	}
	for j := 0; j < n; j += Panel {
		kernel(&b.spareA[0], k*4, &b.w[j*k], &b.spareC[j], n*4, k)
	}
	for i := range m - whole {
		copy(c[(whole+i)*ldc:(whole+i)*ldc+n], b.spareC[i*n:(i+1)*n])
	}
}
