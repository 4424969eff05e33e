package web

import "testing"

func TestDeviceNames(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0": "Edge on Windows",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:153.0) Gecko/20100101 Firefox/153.0":                                      "Firefox on Mac",
		"Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36":                            "Chrome on Android",
		"curl/8.5.0": "curl",
		"":           "Unknown device",
	} {
		if got := deviceName(agent); got != want {
			t.Errorf("%s: %q, want %q", agent, got, want)
		}
	}
}

func TestDurationsInWords(t *testing.T) {
	for in, want := range map[string]string{"60s": "60 seconds", "15m0s": "15 minutes", "3h": "3 hours", "": "", "soon": ""} {
		if got := about(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}
