// Package receiver receives webhooks of GitHub, and sends its own as Standard Webhooks.
package receiver

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

const maxBytes = 25 << 20

// Receiver keeps the titles of opened pull requests. In production: tables, and the id of a delivery unique.
type Receiver struct {
	Secret string

	lock       sync.Mutex
	deliveries map[string]bool
	opened     []string
}

type payload struct {
	Action      string `json:"action"`
	PullRequest struct {
		Title string `json:"title"`
	} `json:"pull_request"`
}

func (r *Receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	if request.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, request.Body, maxBytes))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	// The signature is over the bytes as they came: parse them only after it is verified.
	mac := hmac.New(sha256.New, []byte(r.Secret))
	mac.Write(body)
	expected := "sha256=" + hex.EncodeToString(mac.Sum(nil))
	if !hmac.Equal([]byte(request.Header.Get("X-Hub-Signature-256")), []byte(expected)) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	id := request.Header.Get("X-GitHub-Delivery")
	if id == "" || !json.Valid(body) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	var event payload
	// An event of another shape is taken, too: what it lacks stays empty.
	_ = json.Unmarshal(body, &event)
	r.keepOnce(id, request.Header.Get("X-GitHub-Event"), event)
	w.WriteHeader(http.StatusNoContent)
}

func (r *Receiver) keepOnce(id, name string, event payload) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.deliveries[id] {
		return
	}
	if r.deliveries == nil {
		r.deliveries = map[string]bool{}
	}
	r.deliveries[id] = true
	if name == "pull_request" && event.Action == "opened" {
		r.opened = append(r.opened, event.PullRequest.Title)
	}
}

// Opened returns the titles of the pull requests that were opened.
func (r *Receiver) Opened() []string {
	r.lock.Lock()
	defer r.lock.Unlock()
	return append([]string{}, r.opened...)
}

// Notify sends an event to a subscriber, whose secret begins with whsec_.
func Notify(url, secret string, event any) (status int, err error) {
	body, err := json.Marshal(event)
	if err != nil {
		return 0, err
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return 0, err
	}
	random := make([]byte, 12)
	if _, err := rand.Read(random); err != nil {
		return 0, err
	}
	id, now := "msg_"+hex.EncodeToString(random), fmt.Sprint(time.Now().Unix())
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", id, now, body)
	request, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("webhook-id", id)
	request.Header.Set("webhook-timestamp", now)
	request.Header.Set("webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}
