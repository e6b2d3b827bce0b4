using CaseManagement.Domain.Complaints;

namespace CaseManagement.Web.Files;

/// <summary>A file on its way in, unjudged.</summary>
/// <param name="Content">Its bytes; read once, never further than the limit. The caller closes it.</param>
/// <param name="Name">The name as given; it is cleaned.</param>
/// <param name="Source">By which way it comes. What is allowed follows from it: see <see cref="FileLimits"/>.</param>
public sealed record IncomingFile(Stream Content, string Name, AttachmentSource Source);
