package serve

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// refuse returns the status of a request that is not answered: for another host (a name that
// some page made to point here), from another origin, with another method, or for a target
// that no address of a site looks like.
func (s *Server) refuse(r *http.Request) int {
	if !s.ours(r, r.Host) {
		return http.StatusForbidden
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		if host, ok := strings.CutPrefix(origin, "http://"); !ok || !s.ours(r, host) {
			return http.StatusForbidden
		}
	}
	if elsewhere(r) {
		return http.StatusForbidden
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return http.StatusMethodNotAllowed
	}
	if strange(r) {
		return http.StatusNotFound
	}
	return 0
}

// elsewhere reports whether a page of another site, or of another port of this machine, loads
// something of ours into itself. Data that is a script could be read there; a link may be
// followed.
func elsewhere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		return r.Header.Get("Sec-Fetch-Mode") != "navigate"
	}
	return false
}

// strange reports whether a target has what no address has. An address is a key of the plan
// and never a way to the disk; this is the second wall.
func strange(r *http.Request) bool {
	target, p := strings.ToLower(r.RequestURI), r.URL.Path
	if strings.Contains(target, "%2f") || strings.Contains(target, "%5c") || strings.Contains(p, "//") {
		return true
	}
	return !utf8.ValidString(p) || strings.ContainsRune(p, '\\') || strings.ContainsFunc(p, unicode.IsControl)
}

// ours reports whether a host with its port is this server. By name those are only the names
// of this machine and the one that it was told to listen at. By number it is also the address
// at which the request came in: nobody can make a number point elsewhere.
func (s *Server) ours(r *http.Request, hostPort string) bool {
	host, port, err := net.SplitHostPort(hostPort)
	if err != nil {
		host, port = hostPort, "80"
	}
	if s.port != "" && port != s.port {
		return false
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	switch host {
	case "localhost", "127.0.0.1", "::1":
		return true
	case "":
		return false
	case strings.ToLower(s.options.Host):
		return true
	}
	number, err := netip.ParseAddr(host)
	local, _ := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return err == nil && local != nil && local.AddrPort().Addr().Unmap() == number.Unmap()
}
