using NUnit.Framework;
using TestTrack;

/// <summary>
/// With the proxy of ASP.NET web services: `wsdl /namespace:TestTrack /out:Proxy.cs wsdl/ttsoapcgi.wsdl` makes it. See
/// docs/testing.md for the line that compiles this.
/// </summary>
[TestFixture]
public class DefectsTest : TwinWorld
{
    [TestCase("Immediate")]
    [TestCase("Low")]
    public void ASavedPriorityIsReadBack(string priority)
    {
        var tt = new ttsoapcgi { Url = World + "/cgi-bin/ttsoapcgi.exe" };
        var cookie = tt.DatabaseLogon("Project", "username", "password");
        var defect = tt.editDefect(cookie, 11, "", false);
        Assert.AreEqual("Medium", defect.priority); // what another test saved is not seen here
        defect.priority = priority;
        tt.saveDefect(cookie, defect);
        Assert.AreEqual(priority, tt.getDefect(cookie, 11, "", false).priority);
        var where = "{\"pDefect\": {\"priority\": \"" + priority + "\"}}";
        var asked = "{\"calls\": [{\"operation\": \"saveDefect\", \"where\": " + where + "}], \"times\": 1}";
        Send("POST", World + "/__admin/journal/verify", asked);
    }
}
