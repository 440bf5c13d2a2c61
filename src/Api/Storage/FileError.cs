namespace RnnService.Api.Storage;

/// <summary>The cause of an <see cref="IOException"/>, which .NET distinguishes only by the operating system's error code.</summary>
internal static class FileError
{
    private const int WindowsFacility = unchecked((int)0x8007_0000);

    /// <summary>ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows, EAGAIN on Linux (11) and macOS (35).</summary>
    private static readonly int[] SharingViolations = OperatingSystem.IsWindows() ? [WindowsFacility | 32, WindowsFacility | 33] : OperatingSystem.IsMacOS() ? [35] : [11];

    /// <summary>ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL on Windows, ENOSPC (28) and EDQUOT on Linux (122) and macOS (69).</summary>
    private static readonly int[] DiskFull = OperatingSystem.IsWindows() ? [WindowsFacility | 39, WindowsFacility | 112] : OperatingSystem.IsMacOS() ? [28, 69] : [28, 122];

    /// <summary>Whether another process has locked the file.</summary>
    public static bool IsSharingViolation(IOException exception) => SharingViolations.Contains(exception.HResult);

    /// <summary>Whether the disk or the user's quota is full.</summary>
    public static bool IsDiskFull(IOException exception) => DiskFull.Contains(exception.HResult);
}
