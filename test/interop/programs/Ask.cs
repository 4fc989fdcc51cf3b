using System;
using System.Net;

/// Asks for an address and prints the status, or what is wrong with the certificate.
static class Ask
{
    static void Main(string[] args)
    {
        try
        {
            Console.WriteLine((int)((HttpWebResponse)WebRequest.Create(args[0]).GetResponse()).StatusCode);
        }
        catch (WebException error)
        {
            Console.WriteLine("not trusted: " + error.Status);
        }
    }
}
