package serve

import (
	"fmt"
	"net"
	"strconv"
)

// Listen opens a listener at addr. Where the port is taken and others may do, the next ones
// are tried.
func Listen(addr string, others bool) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listen at %s: %w", addr, err)
	}
	listener, err := net.Listen("tcp", addr)
	number, notNumber := strconv.Atoi(port)
	if err == nil || !others || notNumber != nil {
		return listener, err
	}
	const tries = 20
	for next := number + 1; next <= number+tries && next < 1<<16; next++ {
		if l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(next))); err == nil {
			return l, nil
		}
	}
	return nil, err
}
