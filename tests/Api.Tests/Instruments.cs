using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace RnnService.Api.Tests;

/// <summary>The metrics of a service.</summary>
internal static class Instruments
{
    /// <summary>Measures an observable instrument.</summary>
    public static long Measure(this Service service, string instrument)
    {
        IMeterFactory meters = service.Services.GetRequiredService<IMeterFactory>();
        long measured = 0;
        using MeterListener listener = new()
        {
            InstrumentPublished = (found, subscriber) =>
            {
                if (found.Name == instrument && found.Meter.Scope == meters)
                {
                    subscriber.EnableMeasurementEvents(found);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => measured += value);
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => measured += value);
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
