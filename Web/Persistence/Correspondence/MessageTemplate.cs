namespace CaseManagement.Web.Persistence.Correspondence;

/// <summary>A version of a template that administrators wrote; the highest counts. The packs' own are in the packs.</summary>
public sealed class MessageTemplate
{
    /// <summary>The process it is for; empty for all of them.</summary>
    public required string Process { get; init; }

    public required string Key { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Version { get; init; }

    /// <summary>email, sms, webhook or letter.</summary>
    public required string Channel { get; init; }

    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    public required string SubjectZh { get; init; }
    public required string SubjectEn { get; init; }
    public required string BodyZh { get; init; }
    public required string BodyEn { get; init; }

    /// <summary>It is offered no more.</summary>
    public bool IsWithdrawn { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The user's key.</summary>
    public required string By { get; init; }
}

/// <summary>Where messages of one channel are handed over: somebody else's gateway, asked by a signed request.</summary>
public sealed class WebhookTarget
{
    /// <summary>sms or webhook.</summary>
    public required string Channel { get; init; }

    public required string Name { get; set; }

    /// <summary>https, or an origin the configuration allows by name.</summary>
    public required string Url { get; set; }

    /// <summary>The secret requests are signed with, under Data Protection.</summary>
    public required string Secret { get; set; }

    /// <summary>The secret before, valid until it is taken away; under Data Protection.</summary>
    public string? OldSecret { get; set; }

    public bool IsEnabled { get; set; }

    /// <summary>Concurrency token, raised with every change.</summary>
    public long Version { get; set; }
}

/// <summary>A secret the product made for itself, under Data Protection.</summary>
public sealed class ProtectedSecret
{
    public required string Name { get; init; }
    public required string Value { get; init; }
}
