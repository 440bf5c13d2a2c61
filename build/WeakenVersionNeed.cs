using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF library and marks one symbol-version requirement of the copy as weak, so that the
/// dynamic linker warns instead of failing if the version is missing. A library without the requirement, or with a weak
/// requirement, is copied unchanged.
/// Layout: System V ABI, "Symbol Versioning" (Linux Standard Base Core 5.0, section 10.7).
/// </summary>
public sealed class WeakenVersionNeed : Task
{
    private const uint SectionTypeVersionNeed = 0x6ffffffe;
    private const ushort FlagWeak = 0x2;

    /// <summary>The library to copy. It is not modified.</summary>
    [Required]
    public string Source { get; set; }

    /// <summary>The path of the patched copy. It is written atomically, and only if its content changes.</summary>
    [Required]
    public string Destination { get; set; }

    /// <summary>The version name to weaken, such as GLIBCXX_3.4.32.</summary>
    [Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        byte[] library = File.ReadAllBytes(Source);
        if (!IsElf64LittleEndian(library))
        {
            Log.LogError("{0} is not a 64-bit little-endian ELF library.", Source);
            return false;
        }

        Weaken(library);
        WriteIfChanged(library);
        return true;
    }

    private static bool IsElf64LittleEndian(byte[] file) =>
        file.Length > 64 && file[0] == 0x7f && file[1] == 'E' && file[2] == 'L' && file[3] == 'F' && file[4] == 2 && file[5] == 1;

    private void Weaken(byte[] file)
    {
        int sections = Offset(file, 0x28);
        int sectionSize = BitConverter.ToUInt16(file, 0x3a);
        int sectionCount = BitConverter.ToUInt16(file, 0x3c);

        for (int i = 0; i < sectionCount; i++)
        {
            int header = sections + (i * sectionSize);
            if (BitConverter.ToUInt32(file, header + 4) == SectionTypeVersionNeed)
            {
                int stringsHeader = sections + (BitConverter.ToInt32(file, header + 40) * sectionSize);
                WeakenIn(file, Offset(file, header + 24), Offset(file, stringsHeader + 24));
            }
        }
    }

    /// <summary>Walks the required libraries (Verneed) and the required versions of each (Vernaux): two linked lists.</summary>
    private void WeakenIn(byte[] file, int need, int strings)
    {
        for (int nextNeed = -1; nextNeed != 0; need += nextNeed)
        {
            int version = need + BitConverter.ToInt32(file, need + 8);
            for (int nextVersion = -1; nextVersion != 0; version += nextVersion)
            {
                if (NameAt(file, strings + BitConverter.ToInt32(file, version + 8)) == Version)
                {
                    file[version + 4] |= (byte)FlagWeak;
                }

                nextVersion = BitConverter.ToInt32(file, version + 12);
            }

            nextNeed = BitConverter.ToInt32(file, need + 12);
        }
    }

    private void WriteIfChanged(byte[] library)
    {
        if (File.Exists(Destination) && library.SequenceEqual(File.ReadAllBytes(Destination)))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        string partial = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(partial, library);
        File.Delete(Destination);
        File.Move(partial, Destination);
    }

    private static int Offset(byte[] file, int at) => checked((int)BitConverter.ToUInt64(file, at));

    private static string NameAt(byte[] file, int start) =>
        Encoding.ASCII.GetString(file, start, Array.IndexOf(file, (byte)0, start) - start);
}
