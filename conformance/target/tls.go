package target

import (
	"crypto/tls"
	"crypto/x509"
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

// client sends requests as the target needs them: through its proxy, trusting
// its authority, showing the client's certificate.
func (f *tlsFile) client(dir, proxy string) (*http.Client, []string, error) {
	client := Client()
	transport := client.Transport.(*http.Transport)
	config := &tls.Config{InsecureSkipVerify: f.Insecure}
	var curl []string
	if f.Insecure {
		curl = append(curl, "--insecure")
	}
	if f.Insecure && f.CA != "" {
		return nil, nil, fmt.Errorf("tls: insecure takes any certificate, so that ca means nothing; give one of them")
	}
	if f.CA != "" {
		text, err := os.ReadFile(relativeTo(dir, f.CA))
		if err != nil {
			return nil, nil, fmt.Errorf("tls.ca: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(text) {
			return nil, nil, fmt.Errorf("tls.ca: %s holds no certificate in PEM form", f.CA)
		}
		curl = append(curl, "--cacert", f.CA)
	}
	if f.Certificate != "" || f.Key != "" {
		pair, err := tls.LoadX509KeyPair(relativeTo(dir, f.Certificate), relativeTo(dir, f.Key))
		if err != nil {
			return nil, nil, fmt.Errorf("tls.certificate and tls.key: %w", err)
		}
		config.Certificates = []tls.Certificate{pair}
		curl = append(curl, "--cert", f.Certificate, "--key", f.Key)
	}
	transport.TLSClientConfig = config
	if proxy != "" {
		u, err := url.Parse(proxy)
		if err != nil || u.Host == "" {
			return nil, nil, fmt.Errorf("proxy is %q; write a URL as in http://gateway.example.com:3128", proxy)
		}
		transport.Proxy = http.ProxyURL(u)
	}
	return client, curl, nil
}

// Client sends requests plainly. It follows no redirects: a console that
// redirects an API call is not answering it.
func Client() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 32
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}
