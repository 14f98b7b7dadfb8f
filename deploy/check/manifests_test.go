package check

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/spf13/pflag"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"

	"readout/internal/app"
)

// kinds are the types that a manifest may be of.
var kinds = map[string]func() any{
	"Deployment":              func() any { return &appsv1.Deployment{} },
	"Job":                     func() any { return &batchv1.Job{} },
	"Service":                 func() any { return &corev1.Service{} },
	"ServiceAccount":          func() any { return &corev1.ServiceAccount{} },
	"ConfigMap":               func() any { return &corev1.ConfigMap{} },
	"PodDisruptionBudget":     func() any { return &policyv1.PodDisruptionBudget{} },
	"HorizontalPodAutoscaler": func() any { return &autoscalingv2.HorizontalPodAutoscaler{} },
	"NetworkPolicy":           func() any { return &networkingv1.NetworkPolicy{} },
	"ScaledObject":            func() any { return &scaledObject{} },
}

// scaledObject is the part of KEDA's type that is used.
type scaledObject struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              struct {
		ScaleTargetRef  struct{ Name string }
		MinReplicaCount int
		MaxReplicaCount int
		CooldownPeriod  int
		Triggers        []struct {
			Type     string
			Metadata map[string]string
		}
	}
}

// render gives the objects of a kustomization by kind and name, each decoded strictly: a
// field that Kubernetes does not know is an error.
func render(t *testing.T, dir string) map[string]any {
	t.Helper()
	rendered, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), dir)
	if err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	out := map[string]any{}
	for _, r := range rendered.Resources() {
		text, err := r.AsYAML()
		if err != nil {
			t.Fatal(err)
		}
		newObject, ok := kinds[r.GetKind()]
		if !ok {
			t.Fatalf("%s: no type for %s", dir, r.GetKind())
		}
		object := newObject()
		if err := yaml.UnmarshalStrict(text, object); err != nil {
			t.Errorf("%s: %s %s: %v", dir, r.GetKind(), r.GetName(), err)
		}
		out[r.GetKind()+"/"+r.GetName()] = object
	}
	return out
}

func TestManifests(t *testing.T) {
	root := "../kubernetes"
	dirs := []string{root + "/base", root + "/overlays/single", root + "/overlays/production", withComponent(t)}
	for _, dir := range dirs {
		objects := render(t, dir)
		for _, name := range []string{"ingester", "annotator", "notifier"} {
			d, ok := objects["Deployment/"+name].(*appsv1.Deployment)
			if !ok {
				t.Fatalf("%s: no deployment %s", dir, name)
			}
			checkPod(t, dir, d.Name, &d.Spec.Template.Spec, objects)
			checkDeployment(t, dir, d, objects)
		}
		job := objects["Job/provision"].(*batchv1.Job)
		checkPod(t, dir, job.Name, &job.Spec.Template.Spec, objects)
		checkScaling(t, dir, objects)
	}
}

// withComponent makes a kustomization of the base with the KEDA component.
func withComponent(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	here, err := filepath.Abs("../kubernetes")
	if err != nil {
		t.Fatal(err)
	}
	rel, err := filepath.Rel(dir, here)
	if err != nil {
		t.Fatal(err)
	}
	text := "resources: [" + rel + "/base]\ncomponents: [" + rel + "/components/keda]\n"
	if err := os.WriteFile(filepath.Join(dir, "kustomization.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// checkPod wants a pod that can do no harm, and whose settings the programs know.
func checkPod(t *testing.T, dir, name string, pod *corev1.PodSpec, objects map[string]any) {
	t.Helper()
	if s := pod.SecurityContext; s == nil || s.RunAsNonRoot == nil || !*s.RunAsNonRoot || s.SeccompProfile == nil {
		t.Errorf("%s: %s may run as root", dir, name)
	}
	if pod.AutomountServiceAccountToken == nil || *pod.AutomountServiceAccountToken {
		t.Errorf("%s: %s holds a token of the cluster", dir, name)
	}
	for _, c := range pod.Containers {
		if s := c.SecurityContext; s == nil || !*s.ReadOnlyRootFilesystem || *s.AllowPrivilegeEscalation || !slices.Contains(s.Capabilities.Drop, "ALL") {
			t.Errorf("%s: %s: %s is not locked in", dir, name, c.Name)
		}
		if c.Resources.Limits.Memory().IsZero() || c.Resources.Requests.Cpu().IsZero() {
			t.Errorf("%s: %s: %s has no limits", dir, name, c.Name)
		}
		known := settings()
		for _, e := range c.Env {
			if !slices.Contains(known, e.Name) {
				t.Errorf("%s: %s: no program knows %s", dir, name, e.Name)
			}
		}
		for _, from := range c.EnvFrom {
			config, ok := objects["ConfigMap/"+from.ConfigMapRef.Name].(*corev1.ConfigMap)
			if !ok {
				t.Fatalf("%s: %s: no config map %s", dir, name, from.ConfigMapRef.Name)
			}
			for key := range config.Data {
				if !slices.Contains(known, key) {
					t.Errorf("%s: no program knows %s", dir, key)
				}
			}
		}
	}
}

// settings gives the environment variables that the services know.
func settings() []string {
	var out []string
	cmd := app.Command("any", "", "", app.Ingester())
	cmd.Flags().VisitAll(func(f *pflag.Flag) { out = append(out, app.EnvName(f.Name)) })
	return out
}

// checkDeployment wants probes that reach a port, and a service and a budget that select
// the pods.
func checkDeployment(t *testing.T, dir string, d *appsv1.Deployment, objects map[string]any) {
	t.Helper()
	c := d.Spec.Template.Spec.Containers[0]
	var ports []string
	for _, p := range c.Ports {
		ports = append(ports, p.Name)
	}
	for path, probe := range map[string]*corev1.Probe{"/healthz": c.LivenessProbe, "/readyz": c.ReadinessProbe} {
		if probe == nil || probe.HTTPGet.Path != path || !slices.Contains(ports, probe.HTTPGet.Port.StrVal) {
			t.Errorf("%s: %s: no probe of %s", dir, d.Name, path)
		}
	}
	if c.Command[0] != "/usr/local/bin/"+d.Name {
		t.Errorf("%s: %s runs %v", dir, d.Name, c.Command)
	}
	pods := labels.Set(d.Spec.Template.Labels)
	if s := objects["Service/"+d.Name].(*corev1.Service); !labels.SelectorFromSet(s.Spec.Selector).Matches(pods) {
		t.Errorf("%s: the service does not find the pods of %s", dir, d.Name)
	}
	for what, selector := range map[string]*metav1.LabelSelector{"deployment": d.Spec.Selector,
		"budget": objects["PodDisruptionBudget/"+d.Name].(*policyv1.PodDisruptionBudget).Spec.Selector} {
		if s, err := metav1.LabelSelectorAsSelector(selector); err != nil || s.Empty() || !s.Matches(pods) {
			t.Errorf("%s: the %s of %s does not find its pods", dir, what, d.Name)
		}
	}
	if grace := d.Spec.Template.Spec.TerminationGracePeriodSeconds; grace == nil || *grace <= 30 {
		t.Errorf("%s: %s is killed before it has drained", dir, d.Name)
	}
}

// checkScaling wants one autoscaler, on the annotators, on a metric that they have.
func checkScaling(t *testing.T, dir string, objects map[string]any) {
	t.Helper()
	h, plain := objects["HorizontalPodAutoscaler/annotator"].(*autoscalingv2.HorizontalPodAutoscaler)
	k, keda := objects["ScaledObject/annotator"].(*scaledObject)
	switch {
	case plain == keda:
		t.Errorf("%s: want one autoscaler, of one sort", dir)
	case plain && (h.Spec.ScaleTargetRef.Name != "annotator" || h.Spec.Metrics[0].Pods.Metric.Name != "readout_pending"):
		t.Errorf("%s: the autoscaler is on %+v", dir, h.Spec)
	case keda && (k.Spec.ScaleTargetRef.Name != "annotator" || !strings.Contains(k.Spec.Triggers[0].Metadata["query"], "readout_pending")):
		t.Errorf("%s: the autoscaler is on %+v", dir, k.Spec)
	}
}

func TestCompose(t *testing.T) {
	for _, user := range users {
		t.Setenv(strings.ToUpper(strings.ReplaceAll(user, "-", "_"))+"_NKEY", "U"+strings.Repeat("A", 55))
	}
	options, err := cli.NewProjectOptions([]string{"../compose.yaml"}, cli.WithOsEnv, cli.WithResolvedPaths(true))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := slices.Sorted(maps.Keys(project.Services))
	if want := []string{"annotator", "ingester", "nats-0", "nats-1", "nats-2", "notifier", "provision"}; !slices.Equal(names, want) {
		t.Errorf("services %v, want %v", names, want)
	}
	if annotator := project.Services["annotator"]; annotator.GetScale() != 2 {
		t.Errorf("%d annotators, want 2", annotator.GetScale())
	}
	known := settings()
	for _, s := range project.Services {
		if !s.ReadOnly || !slices.Contains(s.CapDrop, "ALL") {
			t.Errorf("%s is not locked in", s.Name)
		}
		for _, p := range s.Ports {
			if p.HostIP != "127.0.0.1" {
				t.Errorf("%s: port %d can be reached from outside", s.Name, p.Target)
			}
		}
		for key := range s.Environment {
			if strings.HasPrefix(key, "READOUT_") && !slices.Contains(known, key) {
				t.Errorf("%s: no program knows %s", s.Name, key)
			}
		}
	}
	for name, config := range project.Configs {
		checkFile(t, name, types.FileObjectConfig(config))
	}
}

// checkFile wants a file that compose mounts to be there.
func checkFile(t *testing.T, name string, f types.FileObjectConfig) {
	t.Helper()
	if _, err := os.Stat(f.File); err != nil {
		t.Errorf("config %s: %v", name, err)
	}
}

func TestDockerfile(t *testing.T) {
	text, err := os.ReadFile("../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	stages := strings.Split(string(text), "\nFROM ")
	last := stages[len(stages)-1]
	for what, want := range map[string]bool{
		"the last stage is empty but for the programs": strings.HasPrefix(last, "scratch\n"),
		"the programs are static":                      strings.Contains(string(text), "CGO_ENABLED=0"),
		"the user is not root":                         strings.Contains(last, "\nUSER 65532:65532\n"),
		"nothing runs in a shell in the last stage":    !strings.Contains(last, "\nRUN ") && strings.Contains(last, `ENTRYPOINT ["/`),
	} {
		if !want {
			t.Errorf("not so: %s", what)
		}
	}
}
