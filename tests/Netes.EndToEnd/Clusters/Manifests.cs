namespace Netes.EndToEnd.Clusters;

/// <summary>What the tests apply: the guide's shapes on the test image.</summary>
internal static class Manifests
{
    /// <summary>A web app that answers with its pod's name on port 8000.</summary>
    public static string Deployment(string name, int replicas = 1, string cpu = "50m") => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{name}}
          labels:
            app: {{name}}
        spec:
          replicas: {{replicas}}
          selector:
            matchLabels:
              app: {{name}}
          template:
            metadata:
              labels:
                app: {{name}}
            spec:
              terminationGracePeriodSeconds: 2
              containers:
                - name: {{name}}
                  image: {{TestImage.Name}}
                  imagePullPolicy: Never
                  command: ["sh", "-c", "hostname > /www/index.html; echo started; exec httpd -f -v -p 8000 -h /www"]
                  resources:
                    requests: { memory: "32Mi", cpu: "{{cpu}}" }
                    limits: { memory: "64Mi", cpu: "500m" }
                  ports:
                    - containerPort: 8000
                  readinessProbe:
                    httpGet: { path: /, port: 8000 }
                    periodSeconds: 1
                    timeoutSeconds: 10
        """;

    public static string Service(string name, string type = "ClusterIP") => $$"""
        apiVersion: v1
        kind: Service
        metadata:
          name: {{name}}-service
        spec:
          selector:
            app: {{name}}
          ports:
            - protocol: TCP
              port: 80
              targetPort: 8000
          type: {{type}}
        """;

    public static string Pod(string name, string script, string more = "", string containerMore = "") => $$"""
        apiVersion: v1
        kind: Pod
        metadata:
          name: {{name}}
          labels: { app: {{name}} }
        spec:
          terminationGracePeriodSeconds: 2
        {{Indent(more, 2)}}
          containers:
            - name: main
              image: {{TestImage.Name}}
              imagePullPolicy: Never
              command: ["sh", "-c", {{System.Text.Json.JsonSerializer.Serialize(script)}}]
        {{Indent(containerMore, 6)}}
        """;

    private static string Indent(string text, int columns) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? "" : new string(' ', columns) + line));
}
