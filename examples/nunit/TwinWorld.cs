using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Text;
using NUnit.Framework;

/// <summary>
/// Gives every test a world of its own: derive from it and use World. When the test fails, what happened in its world is printed.
/// The twin is the executable that TWIN_PROGRAM names, or one that runs already at TWIN_URL, or else the package in node_modules.
/// TWINTRACK_ADMIN_TOKEN is the token of one that wants it.
/// </summary>
public abstract class TwinWorld
{
    static string twin;
    string name;

    /// <summary>The address of the test's world.</summary>
    protected string World { get { return twin + "/w/" + name; } }

    [SetUp]
    public void BeginWorld()
    {
        if (twin == null) twin = Program == null && Setting("TWIN_URL") != null ? Setting("TWIN_URL") : Started();
        name = "nunit-" + Guid.NewGuid();
        Send("PUT", twin + "/__admin/worlds/" + name, "{\"from\": \"seed\"}");
    }

    [TearDown]
    public void EndWorld()
    {
        var test = TestContext.CurrentContext;
        if (test.Result.Status == TestStatus.Failed)
            Console.Error.WriteLine(test.Test.Name + ": " + Send("GET", World + "/__admin/report"));
        Send("DELETE", twin + "/__admin/worlds/" + name);
    }

    protected static string Send(string method, string url, string body = null)
    {
        var request = WebRequest.Create(url);
        request.Method = method;
        request.Headers["Authorization"] = "Bearer " + Setting("TWINTRACK_ADMIN_TOKEN");
        if (body != null)
        {
            request.ContentType = "application/json";
            var bytes = Encoding.UTF8.GetBytes(body);
            using (var sent = request.GetRequestStream()) sent.Write(bytes, 0, bytes.Length);
        }
        try
        {
            using (var answer = request.GetResponse()) return TextOf(answer);
        }
        catch (WebException error)
        {
            if (error.Response == null) throw;
            throw new AssertionException(TextOf(error.Response));
        }
    }

    static string TextOf(WebResponse answer)
    {
        using (var reader = new StreamReader(answer.GetResponseStream())) return reader.ReadToEnd();
    }

    static string Setting(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        return string.IsNullOrEmpty(value) ? null : value;
    }

    static string Program { get { return Setting("TWIN_PROGRAM"); } }

    static string Started()
    {
        var ending = Path.DirectorySeparatorChar == '\\' ? ".cmd" : "";
        var program = Program ?? Path.GetFullPath("node_modules/.bin/twintrack" + ending);
        var start = new ProcessStartInfo(program, "serve --port 0 --log-level error") { UseShellExecute = false, RedirectStandardOutput = true };
        var process = Process.Start(start);
        AppDomain.CurrentDomain.DomainUnload += delegate { process.Kill(); };
        AppDomain.CurrentDomain.ProcessExit += delegate { process.Kill(); };
        for (string line; (line = process.StandardOutput.ReadLine()) != null;)
        {
            var at = line.IndexOf("answers on ");
            if (at >= 0) return line.Substring(at + "answers on ".Length);
        }
        throw new IOException(program + " did not start; what it said is above.");
    }
}
