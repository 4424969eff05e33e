package caldav_test

import (
	"context"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// names is a resolver that knows these records alone: "name SRV port target", "name TXT text" or "name A address".
func names(t *testing.T, records []string) *net.Resolver {
	t.Helper()
	conn, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			_, _ = conn.WriteTo(resolved(buf[:n], records), from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func resolved(asked []byte, records []string) []byte {
	var m dnsmessage.Message
	if m.Unpack(asked) != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	m.Response, m.Authoritative, m.Additionals = true, true, nil
	header := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 1}
	known := false
	for _, record := range records {
		fields := strings.Fields(record)
		if fields[0] != strings.TrimSuffix(q.Name.String(), ".") {
			continue
		}
		known = true
		switch {
		case fields[1] == "SRV" && q.Type == dnsmessage.TypeSRV:
			port, _ := strconv.Atoi(fields[2])
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: header, Body: &dnsmessage.SRVResource{Port: uint16(port), Target: dnsmessage.MustNewName(fields[3])}})
		case fields[1] == "TXT" && q.Type == dnsmessage.TypeTXT:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: header, Body: &dnsmessage.TXTResource{TXT: fields[2:]}})
		case fields[1] == "A" && q.Type == dnsmessage.TypeA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: header, Body: &dnsmessage.AResource{A: netip.MustParseAddr(fields[2]).As4()}})
		}
	}
	if !known {
		m.RCode = dnsmessage.RCodeNameError
	}
	packed, _ := m.Pack()
	return packed
}
