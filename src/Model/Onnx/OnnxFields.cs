namespace RnnService.Model.Onnx;

/// <summary>
/// The protobuf field numbers of the ONNX messages, limited to the fields that exported models use. Classes and constants have the names of the source.
/// Source: the ONNX IR specification, <c>onnx/onnx.proto</c> of ONNX 1.10.
/// </summary>
internal static class OnnxFields
{
    public static class ModelProto
    {
        public const int IrVersion = 1;
        public const int ProducerName = 2;
        public const int DocString = 6;
        public const int Graph = 7;
        public const int OpsetImport = 8;
        public const int MetadataProps = 14;
    }

    public static class OperatorSetIdProto
    {
        public const int Version = 2;
    }

    public static class StringStringEntryProto
    {
        public const int Key = 1;
        public const int Value = 2;
    }

    public static class GraphProto
    {
        public const int Node = 1;
        public const int Name = 2;
        public const int Initializer = 5;
        public const int Input = 11;
        public const int Output = 12;
    }

    public static class NodeProto
    {
        public const int Input = 1;
        public const int Output = 2;
        public const int Name = 3;
        public const int OpType = 4;
        public const int Attribute = 5;
    }

    public static class AttributeProto
    {
        public const int Name = 1;
        public const int I = 3;
        public const int S = 4;
        public const int Ints = 8;
        public const int Type = 20;
    }

    public static class TensorProto
    {
        public const int Dims = 1;
        public const int DataType = 2;
        public const int Name = 8;
        public const int RawData = 9;
    }

    public static class ValueInfoProto
    {
        public const int Name = 1;
        public const int Type = 2;
        public const int DocString = 3;
    }

    public static class TypeProto
    {
        public const int TensorType = 1;

        public static class Tensor
        {
            public const int ElemType = 1;
            public const int Shape = 2;
        }
    }

    public static class TensorShapeProto
    {
        public const int Dim = 1;

        public static class Dimension
        {
            public const int DimValue = 1;
            public const int DimParam = 2;
        }
    }
}
