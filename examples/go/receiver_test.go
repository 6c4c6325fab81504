package receiver

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"reflect"
	"testing"
)

const secret = "only-for-these-tests"

// What the tests read of the lines of JSON that webhook-sim prints.
type (
	delivery struct {
		Outcome  string
		Attempts []struct{ Status int }
	}
	checkSummary struct {
		Grade    string
		Findings []any
	}
	listening struct{ URL string }
	received  struct{ Verdict string }
)

func command(args ...string) *exec.Cmd {
	c := exec.Command("npx", append(append([]string{"webhook-sim"}, args...), "--json", "-q")...)
	c.Env = append(os.Environ(), "GITHUB_WEBHOOK_SECRET="+secret)
	c.Stderr = os.Stderr
	return c
}

// webhookSim runs webhook-sim, and gives its lines: one for each delivery, the summary last. Another exit code than 0 fails the test.
func webhookSim(t *testing.T, args ...string) [][]byte {
	t.Helper()
	output, err := command(args...).Output()
	if err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	return bytes.Split(bytes.TrimSpace(output), []byte("\n"))
}

func parse[T any](t *testing.T, line []byte) (parsed T) {
	t.Helper()
	if err := json.Unmarshal(line, &parsed); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return parsed
}

func start(t *testing.T) (receiver *Receiver, url string) {
	receiver = &Receiver{Secret: secret}
	server := httptest.NewServer(receiver)
	t.Cleanup(server.Close)
	return receiver, server.URL
}

func TestPullRequestIsKeptOnce(t *testing.T) {
	receiver, url := start(t)
	lines := webhookSim(t, "send", "github", "pull_request.opened", "--to", url, "--set", "pull_request.title=Faster", "--duplicate", "2")
	for _, line := range lines[:2] {
		if outcome := parse[delivery](t, line).Outcome; outcome != "accepted" {
			t.Errorf("outcome: %s", outcome)
		}
	}
	if got := receiver.Opened(); !reflect.DeepEqual(got, []string{"Faster"}) {
		t.Errorf("opened: %q", got)
	}
}

func TestForgeryIsRejected(t *testing.T) {
	receiver, url := start(t)
	lines := webhookSim(t, "send", "github", "pull_request.opened", "--to", url, "--forge", "tampered-body")
	if status := parse[delivery](t, lines[0]).Attempts[0].Status; status != 401 {
		t.Errorf("status: %d", status)
	}
	if got := receiver.Opened(); len(got) != 0 {
		t.Errorf("opened: %q", got)
	}
}

func TestReceiverIsSafe(t *testing.T) {
	_, url := start(t)
	lines := webhookSim(t, "check", "github", "--to", url, "--report", "junit=webhooks.xml")
	if last := parse[checkSummary](t, lines[len(lines)-1]); last.Grade != "A" || len(last.Findings) != 0 {
		t.Errorf("grade %s: %v", last.Grade, last.Findings)
	}
}

func TestSubscriberCanVerifyWhatIsSent(t *testing.T) {
	const secret = "whsec_b25seS1mb3ItdGhlc2UtdGVzdHM="
	listener := command("listen", "standard-webhooks", "--port", "0", "--until", "deploy.finished", "--secret", secret)
	output, err := listener.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, 1<<20)
	lines.Scan()
	status, err := Notify(parse[listening](t, lines.Bytes()).URL, secret, map[string]any{"type": "deploy.finished", "data": map[string]any{"id": 7}})
	if err != nil || status != 200 {
		t.Errorf("status %d: %v", status, err)
	}
	lines.Scan()
	verdict := parse[received](t, lines.Bytes()).Verdict
	for lines.Scan() {
	}
	if err := listener.Wait(); err != nil || verdict != "genuine" {
		t.Errorf("verdict %s: %v", verdict, err)
	}
}
