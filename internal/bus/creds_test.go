package bus_test

import (
	"testing"

	"github.com/nats-io/jwt/v2"
	natsserver "github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"readout/internal/bus"
)

// signer is a key that may sign for others.
type signer struct {
	nkeys.KeyPair
	public string
	seed   []byte
}

func newSigner(t *testing.T, make func() (nkeys.KeyPair, error)) signer {
	t.Helper()
	pair, err := make()
	if err != nil {
		t.Fatal(err)
	}
	public, err := pair.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := pair.Seed()
	if err != nil {
		t.Fatal(err)
	}
	return signer{pair, public, seed}
}

type claims interface {
	Encode(nkeys.KeyPair) (string, error)
}

func sign(t *testing.T, c claims, by signer) string {
	t.Helper()
	token, err := c.Encode(by.KeyPair)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// An operator signs accounts, an account signs users, and a user comes with a file.
func TestCredentials(t *testing.T) {
	t.Parallel()
	operator, account, system := newSigner(t, nkeys.CreateOperator), newSigner(t, nkeys.CreateAccount), newSigner(t, nkeys.CreateAccount)
	rights := jwt.NewAccountClaims(account.public)
	rights.Limits.JetStreamLimits.DiskStorage, rights.Limits.JetStreamLimits.MemoryStorage = -1, -1
	rights.Limits.JetStreamLimits.Streams, rights.Limits.JetStreamLimits.Consumer = -1, -1
	resolver := &natsserver.MemAccResolver{}
	for public, token := range map[string]string{account.public: sign(t, rights, operator),
		system.public: sign(t, jwt.NewAccountClaims(system.public), operator)} {
		if err := resolver.Store(public, token); err != nil {
			t.Fatal(err)
		}
	}
	trusted, err := jwt.DecodeOperatorClaims(sign(t, jwt.NewOperatorClaims(operator.public), operator))
	if err != nil {
		t.Fatal(err)
	}
	s := strict(t, func(o *natsserver.Options) {
		o.TrustedOperators, o.AccountResolver, o.SystemAccount = []*jwt.OperatorClaims{trusted}, resolver, system.public
	})
	reaches(t, bus.Config{URL: s.ClientURL(), Credentials: credentials(t, account)})
	fails(t, bus.Config{URL: s.ClientURL(), Credentials: credentials(t, newSigner(t, nkeys.CreateAccount))}, "authorization violation")
	fails(t, bus.Config{URL: s.ClientURL(), Credentials: "/nowhere/user.creds"}, "read credentials")
}

// credentials makes the file of a user of an account.
func credentials(t *testing.T, account signer) string {
	t.Helper()
	user := newSigner(t, nkeys.CreateUser)
	data, err := jwt.FormatUserConfig(sign(t, jwt.NewUserClaims(user.public), account), user.seed)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "user.creds", data)
}
