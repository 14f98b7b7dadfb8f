package chaos

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is a program that is started again whenever it dies, as a cluster would.
type process struct {
	name string
	args []string
	env  []string
	log  *os.File

	mu      sync.Mutex
	cmd     *exec.Cmd
	begin   int64 // where the running one began to write into the log
	stopped bool
	gone    chan struct{} // closed when it runs no more
}

// start runs a program from the folder of binaries until stop is called.
func start(t testing.TB, name string, env []string, args ...string) *process {
	t.Helper()
	log, err := os.CreateTemp(logDir(t), filepath.Base(name)+"-*.log")
	if err != nil {
		t.Fatal(err)
	}
	p := &process{name: name, args: args, env: env, log: log, gone: make(chan struct{})}
	if err := p.launch(); err != nil {
		t.Fatalf("start %s: %v", name, err)
	}
	go p.supervise()
	t.Cleanup(func() {
		p.stop(syscall.SIGKILL)
		_ = log.Close()
	})
	return p
}

func (p *process) launch() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return errors.New("stopped")
	}
	cmd := exec.Command(filepath.Join(binaries, p.name), p.args...)
	cmd.Env = append(os.Environ(), p.env...)
	cmd.Stdout, cmd.Stderr = p.log, p.log
	at, err := p.log.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	p.cmd, p.begin = cmd, at
	return nil
}

// supervise waits for the program and starts it again, until it was stopped.
func (p *process) supervise() {
	defer close(p.gone)
	for {
		_ = p.cmd.Wait()
		p.mu.Lock()
		stopped := p.stopped
		p.mu.Unlock()
		if stopped {
			return
		}
		if p.launch() != nil {
			return
		}
	}
}

// kill ends the running program without warning; it will be started again.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.cmd.Process.Kill()
}

// ready waits until the running program, which may just have been started again, works: a
// signal before it has come that far would find nobody who heeds it.
func (p *process) ready(t testing.TB) {
	t.Helper()
	for deadline := time.Now().Add(quiet); ; time.Sleep(10 * time.Millisecond) {
		p.mu.Lock()
		begin := p.begin
		p.mu.Unlock()
		text, err := os.ReadFile(p.log.Name())
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text[begin:], []byte(`"msg":"ready"`)) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s does not come up again", p.name)
		}
	}
}

// stop ends the program for good and gives its exit code and how long it took.
func (p *process) stop(signal syscall.Signal) (int, time.Duration) {
	begin := time.Now()
	p.mu.Lock()
	p.stopped = true
	_ = p.cmd.Process.Signal(signal)
	p.mu.Unlock()
	<-p.gone
	return p.cmd.ProcessState.ExitCode(), time.Since(begin)
}

// binaries is the folder with the programs, built once for all tests.
var binaries string

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "readout-chaos-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binaries = dir
	for _, build := range [][]string{
		{"build", "-tags", "faults", "-o", dir + "/", "readout/cmd/ingester", "readout/cmd/annotator", "readout/cmd/notifier", "readout/cmd/readout"},
		{"build", "-o", filepath.Join(dir, "nats-server"), "github.com/nats-io/nats-server/v2"},
	} {
		if out, err := exec.Command("go", build...).CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "go %v: %v\n%s", build, err, out)
			return 1
		}
	}
	return m.Run()
}

// logDir is where the programs of one test write; it is kept when the test fails.
func logDir(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(os.TempDir(), "readout-chaos-logs", t.Name())
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the programs' logs are in %s", dir)
			return
		}
		_ = os.RemoveAll(dir)
	})
	return dir
}
