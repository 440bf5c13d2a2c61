using System.Buffers.Binary;

namespace RnnService.Testing;

/// <summary>Writes a small dataset in the file format of MNIST: the first images of each MNIST file.</summary>
public static class SmallDataset
{
    private const int PixelsPerImage = 28 * 28;

    public static void Write(string directory, int trainingImages, int testImages)
    {
        Copy("train-images-idx3-ubyte", directory, 16, PixelsPerImage, trainingImages);
        Copy("train-labels-idx1-ubyte", directory, 8, 1, trainingImages);
        Copy("t10k-images-idx3-ubyte", directory, 16, PixelsPerImage, testImages);
        Copy("t10k-labels-idx1-ubyte", directory, 8, 1, testImages);
    }

    private static void Copy(string name, string directory, int headerLength, int itemLength, int items)
    {
        byte[] file = new byte[headerLength + (items * itemLength)];
        using (FileStream source = File.OpenRead(Path.Combine(Mnist.Directory, name)))
        {
            source.ReadExactly(file);
        }

        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), items);
        File.WriteAllBytes(Path.Combine(directory, name), file);
    }
}
