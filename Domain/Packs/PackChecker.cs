namespace CaseManagement.Domain.Packs;
internal static class PackCheckerX { }
