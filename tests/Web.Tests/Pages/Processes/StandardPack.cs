using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>The shipped standard process with something changed.</summary>
internal sealed class StandardPack
{
    private const string Workflow = "workflows/standard-complaint.json";

    public Dictionary<string, string> Files { get; } = PackFiles.ReadFolder(Path.Combine(FirstRun.ShippedFolder, OwnerHost.Process));

    public byte[] Zip => PackFiles.WriteZip(Files);

    public StandardPack Change(string file, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(Files[file])!;
        change(json);
        Files[file] = json.ToJsonString();
        return this;
    }

    /// <summary>The first reply is due in another number of hours.</summary>
    public StandardPack WithFirstReplyIn(int hours) => Change("limits.json", limits => limits["limits"]![0]!["amount"] = hours);

    /// <summary>A message with the complainant's phone goes to suppliers after the first reply.</summary>
    public StandardPack WithSupplierTold() => Change("organisation.json", organisation => organisation["roles"]!.AsArray().Add(
            JsonNode.Parse("""{"key": "supplier", "name": {"zh": "供应商", "en": "Supplier"}}""")))
        .Change("templates.json", templates => templates["templates"]!.AsArray().Add(JsonNode.Parse(
            """{"key": "pass-on", "kind": "message", "subject": {"zh": "转告", "en": "Passed on"}, "body": {"zh": "{{complainant.phone}}", "en": "{{complainant.phone}}"}, "via": ["email"]}""")))
        .After("first", """
            {"id": "tellSupplier", "nodeId": "Workflow1:Flowchart1:tellSupplier", "name": "tellSupplier", "type": "CaseManagement.Notify", "version": 1,
             "to": {"typeName": "List<String>", "expression": {"type": "Object", "value": "[\"supplier\"]"}},
             "template": {"typeName": "String", "expression": {"type": "Literal", "value": "pass-on"}},
             "metadata": {"displayText": "转告供应商", "description": "Tell the supplier", "designer": {"position": {"x": 2640, "y": -130}}}}
            """);

    /// <summary>A step after the first reply fails whenever it runs.</summary>
    public StandardPack WithFailingStep() => After("first", """
        {"id": "broken", "nodeId": "Workflow1:Flowchart1:broken", "name": "broken", "type": "Elsa.RunJavaScript", "version": 1,
         "script": {"typeName": "String", "expression": {"type": "Literal", "value": "null.length"}},
         "metadata": {"displayText": "算编号", "description": "Work out a number", "designer": {"position": {"x": 2640, "y": -130}}}}
        """);

    /// <summary>The same with the step mended.</summary>
    public StandardPack WithMendedStep() => WithFailingStep().Change(
        Workflow, workflow => Shape(workflow, "broken")["script"]!["expression"]!["value"] = "1 + 1");

    /// <summary>The investigation goes to a role nobody has defined.</summary>
    public StandardPack WithUnknownRole() => Change(
        Workflow, workflow => Shape(workflow, "handle")["who"]!["expression"]!["value"] = "[\"nobody-knows\"]");

    private StandardPack After(string shape, string inserted) => Change(Workflow, workflow =>
    {
        var root = workflow["root"]!;
        var added = JsonNode.Parse(inserted)!;
        var way = root["connections"]!.AsArray().First(one => (string?)one!["source"]!["activity"] == shape)!;
        var next = (string)way["target"]!["activity"]!;
        way["target"]!["activity"] = (string)added["id"]!;
        root["connections"]!.AsArray().Add(JsonNode.Parse(
            $$$"""{"source": {"activity": "{{{(string)added["id"]!}}}", "port": "Done"}, "target": {"activity": "{{{next}}}", "port": "In"}, "vertices": []}"""));
        root["activities"]!.AsArray().Add(added);
    });

    private static JsonNode Shape(JsonNode workflow, string id) => workflow["root"]!["activities"]!.AsArray().First(one => (string?)one!["id"] == id)!;
}
