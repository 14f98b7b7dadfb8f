package bus_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"testing"
	"time"

	natsserver "github.com/nats-io/nats-server/v2/server"

	"readout/internal/bus"
)

// authority signs certificates.
type authority struct {
	t      *testing.T
	cert   *x509.Certificate
	key    *ecdsa.PrivateKey
	serial int64
}

func newAuthority(t *testing.T) *authority {
	a := &authority{t: t}
	a.cert, a.key = a.issue(&x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign})
	return a
}

// issue signs a certificate, with its own key when there is no other yet.
func (a *authority) issue(template *x509.Certificate) (*x509.Certificate, *ecdsa.PrivateKey) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	a.serial++
	template.SerialNumber, template.Subject = big.NewInt(a.serial), pkix.Name{CommonName: "readout test"}
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	parent, signer := a.cert, a.key
	if parent == nil {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		a.t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return cert, key
}

// leaf issues a certificate for a server or a client and gives the files of both halves.
func (a *authority) leaf(usage x509.ExtKeyUsage) (cert, key string) {
	c, k := a.issue(&x509.Certificate{ExtKeyUsage: []x509.ExtKeyUsage{usage}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}})
	der, err := x509.MarshalECPrivateKey(k)
	if err != nil {
		a.t.Fatal(err)
	}
	return a.file("CERTIFICATE", c.Raw), a.file("EC PRIVATE KEY", der)
}

func (a *authority) file(kind string, der []byte) string {
	return write(a.t, "a.pem", pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func TestTLS(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	ca := a.file("CERTIFICATE", a.cert.Raw)
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	certFile, keyFile := a.leaf(x509.ExtKeyUsageServerAuth)
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	s := strict(t, func(o *natsserver.Options) {
		o.TLS, o.TLSVerify, o.TLSTimeout = true, true, 5
		o.TLSConfig = &tls.Config{Certificates: []tls.Certificate{pair}, ClientCAs: pool, ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS12}
	})
	cert, key := a.leaf(x509.ExtKeyUsageClientAuth)
	reaches(t, bus.Config{URL: s.ClientURL(), CA: ca, Cert: cert, Key: key})
	fails(t, bus.Config{URL: s.ClientURL(), CA: ca}, "tls")
	fails(t, bus.Config{URL: s.ClientURL(), CA: newAuthority(t).file("CERTIFICATE", a.cert.Raw[:10]), Cert: cert, Key: key}, "no certificate in pem form")
	fails(t, bus.Config{URL: s.ClientURL(), CA: "/nowhere/ca.pem"}, "read certificate authority")
	fails(t, bus.Config{URL: s.ClientURL(), CA: ca, Cert: cert}, "one of them is missing")
	fails(t, bus.Config{URL: s.ClientURL(), CA: ca, Cert: cert, Key: cert}, "read client certificate")
	stranger := newAuthority(t)
	fails(t, bus.Config{URL: s.ClientURL(), CA: stranger.file("CERTIFICATE", stranger.cert.Raw), Cert: cert, Key: key}, "unknown authority")
}
