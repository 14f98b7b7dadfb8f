package bus

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"

	"github.com/nats-io/nats.go"
)

// appendIdentity adds who the program is and whom it trusts.
func appendIdentity(options []nats.Option, cfg Config) ([]nats.Option, error) {
	if cfg.Credentials != "" {
		// The client reads the file at each connection, and would try for ever one that
		// is not there.
		if _, err := os.Stat(cfg.Credentials); err != nil {
			return nil, fmt.Errorf("read credentials: %w", err)
		}
		options = append(options, nats.UserCredentials(cfg.Credentials))
	}
	if cfg.NKey != "" {
		option, err := nats.NkeyOptionFromSeed(cfg.NKey)
		if err != nil {
			return nil, fmt.Errorf("read nkey seed %s: %w", cfg.NKey, err)
		}
		options = append(options, option)
	}
	if cfg.CA == "" && cfg.Cert == "" && cfg.Key == "" {
		return options, nil
	}
	secure, err := secureConfig(cfg)
	if err != nil {
		return nil, err
	}
	return append(options, nats.Secure(secure)), nil
}

func secureConfig(cfg Config) (*tls.Config, error) {
	conf := &tls.Config{MinVersion: tls.VersionTLS12}
	if cfg.CA != "" {
		pem, err := os.ReadFile(cfg.CA)
		if err != nil {
			return nil, fmt.Errorf("read certificate authority: %w", err)
		}
		conf.RootCAs = x509.NewCertPool()
		if !conf.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("read certificate authority %s: no certificate in PEM form", cfg.CA)
		}
	}
	if (cfg.Cert == "") != (cfg.Key == "") {
		return nil, errors.New("a client certificate and its key go together: one of them is missing")
	}
	if cfg.Cert != "" {
		pair, err := tls.LoadX509KeyPair(cfg.Cert, cfg.Key)
		if err != nil {
			return nil, fmt.Errorf("read client certificate: %w", err)
		}
		conf.Certificates = []tls.Certificate{pair}
	}
	return conf, nil
}
