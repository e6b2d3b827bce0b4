using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CaseManagement.Domain.Auditing;

/// <summary>The head of one stream: its last link when it was looked at.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Sequence">The number of its last link.</param>
/// <param name="Hash">The hash of that link, 32 bytes.</param>
public sealed record AuditHead(string Stream, long Sequence, byte[] Hash);

/// <summary>One step from a leaf to the root: the hash beside, and on which side it stands.</summary>
public sealed record MerkleStep(byte[] Hash, bool IsLeft);

/// <summary>
/// One hash over many heads, from which each of them can be shown to be among them. A leaf is hashed behind 0x00, a node behind 0x01, so that neither passes
/// for the other; what is left over at the end of a row goes up unchanged.
/// </summary>
public static class MerkleTree
{
    /// <summary>The hash of a leaf.</summary>
    public static byte[] Leaf(AuditHead head)
    {
        var name = Encoding.UTF8.GetBytes(head.Stream);
        var bytes = new byte[1 + sizeof(int) + name.Length + sizeof(long) + head.Hash.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), name.Length);
        name.CopyTo(bytes, 1 + sizeof(int));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1 + sizeof(int) + name.Length), head.Sequence);
        head.Hash.CopyTo(bytes, bytes.Length - head.Hash.Length);
        return SHA256.HashData(bytes);
    }

    /// <summary>The root over heads in the order in which they are kept; of none, the hash of nothing.</summary>
    public static byte[] Root(IReadOnlyList<AuditHead> heads)
    {
        var row = heads.Select(Leaf).ToList();
        while (row.Count > 1)
        {
            row = Above(row);
        }

        return row.Count == 1 ? row[0] : SHA256.HashData([]);
    }

    /// <summary>The steps from one head to the root.</summary>
    public static IReadOnlyList<MerkleStep> Path(IReadOnlyList<AuditHead> heads, int index)
    {
        var row = heads.Select(Leaf).ToList();
        var steps = new List<MerkleStep>();
        for (; row.Count > 1; row = Above(row), index /= 2)
        {
            var beside = index ^ 1;
            if (beside < row.Count)
            {
                steps.Add(new MerkleStep(row[beside], IsLeft: beside < index));
            }
        }

        return steps;
    }

    /// <summary>The root that a head leads to along its steps.</summary>
    public static byte[] RootOf(AuditHead head, IReadOnlyList<MerkleStep> path) =>
        path.Aggregate(Leaf(head), (hash, step) => step.IsLeft ? Node(step.Hash, hash) : Node(hash, step.Hash));

    private static List<byte[]> Above(List<byte[]> row)
    {
        var above = new List<byte[]>((row.Count + 1) / 2);
        for (var i = 0; i < row.Count; i += 2)
        {
            above.Add(i + 1 < row.Count ? Node(row[i], row[i + 1]) : row[i]);
        }

        return above;
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
