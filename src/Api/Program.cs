using RnnService.Api.Hosting;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Api.OpenInference;
using RnnService.Api.Prediction;
using RnnService.Api.Progress;
using RnnService.Api.Storage;
using RnnService.Api.Training;

// Settings stand beside the program, wherever it is started from.
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

builder.Services
    .AddSingleton(TimeProvider.System)
    .ConfigureHttpJsonOptions(json => ServiceJson.Configured(json.SerializerOptions))
    .AddProblemAnswers()
    .AddWebPage()
    .AddOpenApiDocument()
    .AddHealth()
    .AddStorage()
    .AddJobs()
    .AddProgress()
    .AddPrediction()
    .AddOpenInference()
    .AddModels()
    .AddTraining()
    .AddBackgroundJobs();

WebApplication app = builder.Build();
if (!app.CanStart())
{
    return 1;
}

app.UseProblemAnswers();
app.UseWebPage();
app.UseOpenApiDocument();
app.MapHealth();
app.MapBackgroundJobs();
app.MapTraining();
app.MapJobs();
app.MapProgress();
app.MapPrediction();
app.MapOpenInference();
app.MapModels();
app.MapActiveModel();
app.MapMisread();

app.Run();
return 0;
