package target

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
)

type tlsFile struct {
	CA          string `yaml:"ca"`          // PEM file
	Insecure    bool   `yaml:"insecure"`    // take any certificate
	Certificate string `yaml:"certificate"` // PEM file of the client's certificate
	Key         string `yaml:"key"`         // PEM file of its key
}

func relativeTo(dir, file string) string {
	if file == "" || filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(dir, file)
}

// connect makes the client that sends requests as the target needs them: through
// its proxy, trusting its authority, showing the client's certificate.
func (file *targetFile) connect(t *Target, dir string) error {
	f := file.TLS
	t.Client = Client()
	transport := t.Client.Transport.(*http.Transport)
	config := &tls.Config{InsecureSkipVerify: f.Insecure}
	transport.TLSClientConfig = config
	if f.Insecure {
		t.CurlOptions = append(t.CurlOptions, "--insecure")
	}
	if f.Insecure && f.CA != "" {
		return errors.New("tls: insecure takes any certificate, so that ca means nothing; give one of them")
	}
	if f.CA != "" {
		text, err := os.ReadFile(relativeTo(dir, f.CA))
		if err != nil {
			return fmt.Errorf("tls.ca: its file cannot be read: %w", withoutPath(err))
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(text) {
			return errors.New("tls.ca: its file holds no certificate in PEM form")
		}
		t.CurlOptions = append(t.CurlOptions, "--cacert", f.CA)
	}
	if f.Certificate != "" || f.Key != "" {
		pair, err := tls.LoadX509KeyPair(relativeTo(dir, f.Certificate), relativeTo(dir, f.Key))
		if err != nil {
			return fmt.Errorf("tls.certificate and tls.key: they cannot be used: %w", withoutPath(err))
		}
		config.Certificates = []tls.Certificate{pair}
		t.CurlOptions = append(t.CurlOptions, "--cert", f.Certificate, "--key", f.Key)
	}
	if file.Proxy != "" {
		u, err := url.Parse(file.Proxy)
		if err != nil || u.Host == "" {
			return errors.New("proxy: write a URL as in http://gateway.example.com:3128")
		}
		if password, given := u.User.Password(); given {
			t.Secrets = append(t.Secrets, password, u.User.String())
		}
		transport.Proxy = http.ProxyURL(u)
	}
	return nil
}

// Client sends requests plainly. It follows no redirects: a console that
// redirects an API call is not answering it.
func Client() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 32
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}
