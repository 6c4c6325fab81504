// A correct receiver on net/http behind a limiter of its own, which the argument names. `X-Verified` marks the answers of the
// verifier itself, and tells how many requests the limiter rejected until then.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"
)

// At most so many requests within any second.
const mostInSecond = 5

type limiter struct {
	sync.Mutex
	kind    string
	wrong   int
	rejected int
	times   []time.Time
}

func (l *limiter) mostWrong() int {
	if l.kind == "bans-at-once" {
		return 1
	}
	return 5
}

func (l *limiter) isOverRate() bool {
	now := time.Now()
	for len(l.times) > 0 && now.Sub(l.times[0]) > time.Second {
		l.times = l.times[1:]
	}
	if len(l.times) >= mostInSecond {
		return true
	}
	l.times = append(l.times, now)
	return false
}

// Whether a request is answered, or dropped, before it is verified.
func (l *limiter) rejects(w http.ResponseWriter) bool {
	l.Lock()
	defer l.Unlock()
	if l.kind == "limits-rate" && !l.isOverRate() || l.kind != "limits-rate" && l.wrong < l.mostWrong() {
		w.Header().Set("X-Verified", strconv.Itoa(l.rejected))
		return false
	}
	l.rejected++
	switch l.kind {
	case "limits-rate":
		w.WriteHeader(http.StatusTooManyRequests)
	case "drops":
		panic(http.ErrAbortHandler)
	default:
		w.WriteHeader(http.StatusForbidden)
	}
	return true
}

func isSigned(r *http.Request, body []byte) bool {
	mac := hmac.New(sha256.New, []byte(os.Getenv("SECRET")))
	mac.Write(body)
	expected := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	if os.Getenv("ENCODING") == "hex" {
		expected = hex.EncodeToString(mac.Sum(nil))
	}
	values := r.Header.Values(os.Getenv("HEADER"))
	return len(values) == 1 && hmac.Equal([]byte(values[0]), []byte(expected))
}

func main() {
	guard := &limiter{kind: os.Args[1]}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	panic(http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || guard.rejects(w) {
			return
		}
		switch {
		case r.Method != http.MethodPost:
			w.WriteHeader(http.StatusMethodNotAllowed)
		case !isSigned(r, body):
			guard.Lock()
			guard.wrong++
			guard.Unlock()
			w.WriteHeader(http.StatusUnauthorized)
		}
	})))
}
