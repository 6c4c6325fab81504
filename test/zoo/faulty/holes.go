// Receivers in Go with one hole each; the argument says which.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
)

func sign(body []byte, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	if os.Getenv("ENCODING") == "hex" {
		return hex.EncodeToString(mac.Sum(nil))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func verify(hole string, request *http.Request, body []byte) bool {
	values := request.Header.Values(os.Getenv("HEADER"))
	if hole == "skips-chunked" && request.ContentLength < 0 {
		return true
	}
	if len(values) != 1 {
		return false
	}
	equal := func(secret string) bool { return hmac.Equal([]byte(values[0]), []byte(sign(body, secret))) }
	var old any
	return equal(os.Getenv("SECRET")) || (hole == "nil-secret" && equal(fmt.Sprint(old)))
}

func main() {
	hole := os.Args[1]
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	http.Serve(listener, http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		if request.Method != http.MethodPost {
			writer.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(request.Body)
		if err != nil || !verify(hole, request, body) {
			writer.WriteHeader(http.StatusUnauthorized)
			return
		}
		if !json.Valid(body) {
			writer.WriteHeader(http.StatusBadRequest)
		}
	}))
}
