using System.Diagnostics.Metrics;

namespace CaseManagement.Web.Auditing;

/// <summary>Counts anchors and verifications of this node.</summary>
public sealed class AuditMetrics
{
    private readonly Counter<long> _anchors;
    private readonly Counter<long> _anchorFailures;
    private readonly Counter<long> _verified;
    private readonly Counter<long> _broken;

    public AuditMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("CaseManagement.Audit");
        _anchors = meter.CreateCounter<long>("audit.anchors", description: "Anchors written by this node");
        _anchorFailures = meter.CreateCounter<long>("audit.anchor_failures", description: "Tries to anchor, or to tell a place outside, that failed");
        _verified = meter.CreateCounter<long>("audit.verified", description: "Verifications that found nothing wrong");
        _broken = meter.CreateCounter<long>("audit.broken", description: "Verifications that found something wrong");
    }

    public void Anchored(int anchors) => _anchors.Add(anchors);

    public void AnchorFailed() => _anchorFailures.Add(1);

    public void Verified(bool isTrue) => (isTrue ? _verified : _broken).Add(1);
}
